import type { Gap } from '../../../../ports/connector.ts';
import { missingClass, missingModule } from '../../remedies.ts';
import type { AmiConnection } from './connection.ts';
import type { AmiFields } from './encode.ts';
import { header } from './packet.ts';
import { isDenied, isUnknownAction } from './reply.ts';
import type { AmiReply } from './reply.ts';

/** What a look at the PBX showed. */
export interface Probe {
  /** Asterisk's own number, "22.10.1"; empty when the user may not read it. */
  version: string;
  /** Answered "unknown action": not there, or still loading. */
  isLoading: boolean;
  gaps: Gap[];
}

/** No room can have this name: ours have no capitals. Asking to kick from it changes nothing, and shows whether we may. */
const nowhere = { Conference: 'TIELINE-PROBE', Channel: 'TIELINE-PROBE' };

/** Tries, without changing anything, what the bridge will need. Throws TheirError when the PBX does not answer. */
export async function probe(connection: AmiConnection, username: string, deadlineMs: number): Promise<Probe> {
  function ask(action: string, fields: AmiFields): Promise<AmiReply> {
    return connection.action(action, fields, { deadlineMs });
  }
  const core = await ask('CoreSettings', {});
  const list = await ask('ConfbridgeListRooms', {});
  const kick = await ask('ConfbridgeKick', nowhere);
  const gaps: Gap[] = [];
  if (isDenied(list)) gaps.push(missingClass('participants', username, 'write', 'reporting'));
  if (isDenied(kick)) gaps.push(missingClass('kick', username, 'write', 'call'));
  const isLoading = isUnknownAction(list) || isUnknownAction(kick);
  if (isLoading) gaps.push(missingModule());
  return { version: core.isSuccess ? header(core.head, 'AsteriskVersion') : '', isLoading, gaps };
}
