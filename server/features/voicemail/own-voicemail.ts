import type { Caller } from '../../../contract/endpoint.ts';
import type { BoxAccess } from '../../../contract/voicemail/team.ts';
import { UserError } from '../../domain/errors.ts';
import type { Store } from '../../store/connect.ts';
import { isDeleted, type Pair } from './rules/pair.ts';
import { findPair } from './rows.ts';
import { sharedPairs } from './team/team-rows.ts';

/** What a shared box lets its members do, the least first; its owner may everything. */
const ranks: Readonly<Record<BoxAccess, number>> = { listen: 0, handle: 1, manage: 2 };

export interface Reached { pair: Pair; access: BoxAccess | 'owner'; boxName: string }

/**
 * A voicemail of the caller's own, or of a box that they share. Throws UserError 404 for one that is not there and for somebody else's alike, 403 where a member may less than is asked for.
 */
export async function reachVoicemail({ db }: Pick<Store, 'db'>, { tenantId, personId }: Caller, id: string, needed: BoxAccess): Promise<Reached> {
  const own = personId === null ? null : await findPair(db, tenantId, personId, id);
  if (own) return { pair: own, access: 'owner', boxName: '' };
  const [shared] = personId === null ? [] : await sharedPairs(db, tenantId, personId, { id, limit: 1 });
  if (!shared) throw new UserError(404, { code: 'voicemail-unknown', message: 'This voicemail is not there, or not yours.', remedy: 'Look at the list again.' });
  if (ranks[shared.access] < ranks[needed]) throw new UserError(403, { code: 'box-access', message: 'You may not do this in this shared box.', remedy: 'Ask whoever looks after the box, or an administrator.' });
  return shared;
}

/** The message alone. */
export async function ownVoicemail(store: Pick<Store, 'db'>, caller: Caller, id: string, needed: BoxAccess = 'manage'): Promise<Pair> {
  return (await reachVoicemail(store, caller, id, needed)).pair;
}

/** Where a message lies on its phone system. */
export interface PhoneMessage {
  pbx: string;
  box: string;
  messageId: string;
}

/** For a phone to play it: only what lies in the box can be. Throws UserError 404, and 409 for a deleted one. */
export async function phoneMessage(store: Pick<Store, 'db'>, caller: Caller, id: string): Promise<PhoneMessage> {
  const { instance, box, voicemailId, voicemail } = await ownVoicemail(store, caller, id, 'handle');
  if (isDeleted(voicemail)) throw new UserError(409, { code: 'voicemail-deleted', message: 'This voicemail is deleted.', remedy: 'Bring it back first.' });
  return { pbx: instance, box, messageId: voicemailId };
}
