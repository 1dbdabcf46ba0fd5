import { TheirError } from '../../../../domain/errors.ts';
import { withDeadline } from '../../../../outbound/deadline.ts';
import type { Clock } from '../../../../ports/clock.ts';
import type { Log } from '../../../../ports/log.ts';
import { encodeAction } from './encode.ts';
import type { AmiFields } from './encode.ts';
import { maskFields, secretEvents } from './mask.ts';
import { header } from './packet.ts';
import type { AmiPacket } from './packet.ts';
import { createPacketReader } from './reader.ts';
import { pendingReply } from './reply.ts';
import type { AmiReply, PendingReply } from './reply.ts';
import { openSocket } from './socket.ts';
import type { AmiAddress } from './socket.ts';

export interface AmiConnection {
  /** Sends one action and waits for its whole answer. Throws TheirError 'no-answer' when it is late or the connection breaks; UserError for text that must not go over the wire. */
  action(name: string, fields: AmiFields, more: { deadlineMs: number; signal?: AbortSignal }): Promise<AmiReply>;
  /** Resolves with the reason when the connection has ended. */
  readonly closed: Promise<TheirError>;
  close(why?: TheirError): void;
}

export interface ConnectionOptions {
  connector: string;
  address: AmiAddress;
  clock: Clock;
  log: Log;
  /** Begins every ActionID of this connection. Unguessable, so that text in somebody's event cannot pass for an answer. */
  idPrefix: string;
  connectMs: number;
  onEvent: (event: AmiPacket) => void;
  signal?: AbortSignal;
}

interface Waiting { pending: PendingReply; resolve: (reply: AmiReply) => void; reject: (error: Error) => void }

/** Connects and waits for the greeting. Not yet logged in. Throws TheirError 'no-answer' or 'unreadable'. */
export async function connectAmi(options: ConnectionOptions): Promise<AmiConnection> {
  const { connector, clock, log, connectMs, signal } = options;
  const { socket, readyEvent } = openSocket(connector, options.address);
  const waiting = new Map<string, Waiting>();
  let counter = 0;
  let outgoing: string[] = [];
  let end: TheirError | undefined;
  let tellClosed: (why: TheirError) => void;
  const closed = new Promise<TheirError>((resolve) => (tellClosed = resolve));
  let tellGreeted: () => void;
  const greeted = new Promise<void>((resolve) => (tellGreeted = resolve));

  const reader = createPacketReader({
    onGreeting: () => tellGreeted(),
    onPacket(packet) {
      // A packet that surprises us must not take the process down.
      try {
        route(packet);
      } catch (error) {
        finish(error instanceof TheirError ? error : new TheirError(connector, 'unreadable', 'a packet from the manager could not be handled', { cause: error }));
      }
    },
  });

  function route(packet: AmiPacket): void {
    if (secretEvents.has(packet.name)) return;
    const id = header(packet, 'ActionID');
    const waiter = id === '' ? undefined : waiting.get(id);
    if (!waiter) {
      if (packet.kind === 'event') options.onEvent(packet);
      return;
    }
    if (!waiter.pending.take(packet)) return;
    waiting.delete(id);
    waiter.resolve(waiter.pending.reply());
  }

  function finish(why: TheirError): void {
    if (end) return;
    end = why;
    socket.destroy();
    for (const waiter of waiting.values()) waiter.reject(why);
    waiting.clear();
    tellClosed(why);
  }

  /** Actions that are begun in one turn of the event loop go out in one write: in a burst of thousands, system calls cost more than the words. */
  function send(text: string): void {
    outgoing.push(text);
    if (outgoing.length > 1) return;
    setImmediate(() => {
      const together = outgoing.join('');
      outgoing = [];
      socket.write(together);
    });
  }

  async function action(name: string, fields: AmiFields, more: { deadlineMs: number; signal?: AbortSignal }): Promise<AmiReply> {
    if (end) throw end;
    const id = `${options.idPrefix}-${++counter}`;
    const text = encodeAction(name, id, fields);
    const deadline = { clock, connector, what: `the action ${name}`, ms: more.deadlineMs, ...(more.signal ? { signal: more.signal } : {}) };
    try {
      const reply = await withDeadline(deadline, () => new Promise<AmiReply>((resolve, reject) => {
        waiting.set(id, { pending: pendingReply(connector), resolve, reject });
        send(text);
      }));
      log.debug({ action: name, id, fields: maskFields(fields), isSuccess: reply.isSuccess, rows: reply.rows.length }, 'manager action answered');
      return reply;
    } finally {
      waiting.delete(id);
    }
  }

  socket.on('data', (chunk: Buffer) => {
    const broken = reader.push(chunk);
    if (broken) finish(new TheirError(connector, 'unreadable', `${broken}: is this the manager's port?`, { remedy: 'Check host and port: the manager usually listens on 5038, see manager.conf, [general], port.' }));
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const remedy = /CERT|TLS|SSL/.test(error.code ?? '') ? { remedy: 'See ami.tls.caFile and ami.tls.serverName here, and tlscertfile in manager.conf there.' } : {};
    finish(new TheirError(connector, 'no-answer', `the connection to the manager broke (${error.message})`, { ...remedy, cause: error }));
  });
  socket.on('close', () => finish(new TheirError(connector, 'no-answer', 'the manager closed the connection')));

  const opening = { clock, connector, what: 'the manager', ms: connectMs, ...(signal ? { signal } : {}) };
  try {
    await withDeadline(opening, async () => {
      await Promise.race([new Promise((resolve) => socket.once(readyEvent, resolve)), refuse(closed)]);
      await Promise.race([greeted, refuse(closed)]);
    });
  } catch (error) {
    finish(error instanceof TheirError ? error : new TheirError(connector, 'no-answer', 'connecting to the manager was stopped', { cause: error }));
    throw error;
  }

  return {
    action,
    closed,
    close: (why = new TheirError(connector, 'no-answer', 'we closed the connection')) => finish(why),
  };
}

/** A promise that fails with the reason that another resolves with. */
async function refuse(closed: Promise<TheirError>): Promise<never> {
  throw await closed;
}
