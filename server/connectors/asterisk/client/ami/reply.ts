import { TheirError } from '../../../../domain/errors.ts';
import { header } from './packet.ts';
import type { AmiPacket } from './packet.ts';

/** What Asterisk answered to one action. `isSuccess` is its word only: moves that failed say Success, too, so look again after each change. */
export interface AmiReply {
  isSuccess: boolean;
  message: string;
  head: AmiPacket;
  /** The rows of a list, in order, without the closing one. */
  rows: AmiPacket[];
}

/** Asterisk does not know the action: its module is not loaded, or not yet (login succeeds before modules are loaded). */
export function isUnknownAction(reply: AmiReply): boolean {
  return !reply.isSuccess && reply.message.startsWith('Invalid/unknown command');
}

/** The manager user lacks the class that the action asks for, or is not logged in. */
export function isDenied(reply: AmiReply): boolean {
  return !reply.isSuccess && reply.message === 'Permission denied';
}

export interface PendingReply {
  /** Takes a packet that carries this action's id. Returns true when the reply is complete. */
  take(packet: AmiPacket): boolean;
  reply(): AmiReply;
}

/** More rows than the longest list of a large site; a longer one is refused. */
const mostRows = 100_000;

/** Gathers a response and, when it announces a list, its rows until the closing event. Throws TheirError 'unreadable' for a list without end. */
export function pendingReply(connector: string): PendingReply {
  let head: AmiPacket | undefined;
  const rows: AmiPacket[] = [];

  return {
    take(packet) {
      if (packet.kind === 'response') {
        head ??= packet;
        return header(packet, 'EventList').toLowerCase() !== 'start';
      }
      // Rows before the response belong to nobody: they are not ours to believe.
      if (!head || packet.kind !== 'event') return false;
      if (['complete', 'cancelled'].includes(header(packet, 'EventList').toLowerCase())) return true;
      if (rows.length >= mostRows) throw new TheirError(connector, 'unreadable', 'a list from the manager has no end');
      rows.push(packet);
      return false;
    },
    reply() {
      if (!head) throw new TheirError(connector, 'unreadable', 'the manager answered with rows only');
      return { isSuccess: head.name === 'Success', message: header(head, 'Message'), head, rows };
    },
  };
}
