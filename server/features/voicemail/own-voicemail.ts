import type { Caller } from '../../../contract/endpoint.ts';
import { UserError } from '../../domain/errors.ts';
import type { Store } from '../../store/connect.ts';
import type { Pair } from './pair.ts';
import { findPair } from './rows.ts';

/** A voicemail of the caller's own. Throws UserError 404 for one that is not there and for somebody else's alike. */
export async function ownVoicemail({ db }: Pick<Store, 'db'>, { tenantId, personId }: Caller, id: string): Promise<Pair> {
  const pair = personId === null ? null : await findPair(db, tenantId, personId, id);
  if (!pair) throw new UserError(404, { code: 'voicemail-unknown', message: 'This voicemail is not there, or not yours.', remedy: 'Look at the list again.' });
  return pair;
}
