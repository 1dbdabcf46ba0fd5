import type { Caller } from '../../../contract/endpoint.ts';
import { UserError } from '../../domain/errors.ts';
import type { Store } from '../../store/connect.ts';
import { isDeleted, type Pair } from './pair.ts';
import { findPair } from './rows.ts';

/** A voicemail of the caller's own. Throws UserError 404 for one that is not there and for somebody else's alike. */
export async function ownVoicemail({ db }: Pick<Store, 'db'>, { tenantId, personId }: Caller, id: string): Promise<Pair> {
  const pair = personId === null ? null : await findPair(db, tenantId, personId, id);
  if (!pair) throw new UserError(404, { code: 'voicemail-unknown', message: 'This voicemail is not there, or not yours.', remedy: 'Look at the list again.' });
  return pair;
}

/** Where a message lies on its phone system. */
export interface PhoneMessage {
  pbx: string;
  box: string;
  messageId: string;
}

/** For a phone to play it: only what lies in the box can be. Throws UserError 404, and 409 for a deleted one. */
export async function phoneMessage(store: Pick<Store, 'db'>, caller: Caller, id: string): Promise<PhoneMessage> {
  const { instance, box, voicemailId, voicemail } = await ownVoicemail(store, caller, id);
  if (isDeleted(voicemail)) throw new UserError(409, { code: 'voicemail-deleted', message: 'This voicemail is deleted.', remedy: 'Bring it back first.' });
  return { pbx: instance, box, messageId: voicemailId };
}
