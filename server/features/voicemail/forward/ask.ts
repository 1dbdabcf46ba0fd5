import type { VoicemailForwardView } from '../../../../contract/voicemail/voicemail.ts';
import { UserError } from '../../../domain/errors.ts';
import type { Store } from '../../../store/connect.ts';
import { putWork } from '../../../store/work.ts';
import type { VoicemailDeps } from '../deps.ts';
import { isDeleted, type Pair } from '../rules/pair.ts';
import { topicsOfPair } from '../team/topics.ts';
import { boxOfPerson, countForwards, findForward, insertForward, type Forward } from './forward-rows.ts';

/** So many may one person forward within `periodMs`: a stolen session must not fill everybody's box. */
export const forwardLimits = { periodMs: 10 * 60_000, most: 20 } as const;

/**
 * Writes down that a message is to be copied into a colleague's box, as work for the process that has the connection. Asked again under the same id it is asked once.
 * `askedBy`: whoever forwards, the owner or a member of a shared box; the limit is theirs.
 * @throws UserError 404 for a colleague whom nobody knows, 409 where they have no box on this phone system or the message is deleted, 422 for the box that it lies in, 429.
 */
export async function askForward(deps: Pick<VoicemailDeps, 'clock' | 'colleague'>, store: Store, pair: Pair, askedBy: string, ask: { id: string; to: string }): Promise<VoicemailForwardView> {
  const { tenantId, id: pairId } = pair;
  const known = await findForward(store.db, tenantId, pairId, ask.id);
  if (known) return forwardView(known);
  if (isDeleted(pair.voicemail)) throw new UserError(409, { code: 'voicemail-deleted', message: 'This voicemail is deleted.', remedy: 'Bring it back first.' });
  const colleague = await deps.colleague(tenantId, ask.to);
  if (!colleague) throw new UserError(404, { code: 'colleague-unknown', field: 'to', message: 'Nobody here has this address.', remedy: 'Write a colleague\'s mail address, or forward the mail instead.' });
  const targetBox = await boxOfPerson(store.db, tenantId, pair.instance, colleague.personId);
  if (targetBox === null) throw new UserError(409, { code: 'colleague-without-box', field: 'to', message: 'This colleague has no voicemail box on the same phone system.', remedy: 'Forward the mail instead.' });
  if (targetBox === pair.box) throw new UserError(422, { code: 'own-box', field: 'to', message: 'The message lies in this box already.', remedy: 'Choose a colleague.' });
  const now = deps.clock.now();
  const forward: Forward = { tenantId, pairId, id: ask.id, askedBy, askedAt: now, targetBox, targetName: colleague.name, state: 'waiting', problem: null, copiesBefore: null };
  return store.transaction(async (tx) => {
    if (!(await insertForward(tx, forward))) return forwardView((await findForward(tx, tenantId, pairId, ask.id)) ?? forward);
    if ((await countForwards(tx, tenantId, askedBy, now - forwardLimits.periodMs)) > forwardLimits.most) {
      throw new UserError(429, { code: 'too-many-forwards', message: 'Too many messages were forwarded.', remedy: 'Wait ten minutes.' });
    }
    await putWork(tx, { tenantId, kind: 'voicemail.forward', key: `${pairId}/${ask.id}`, dueAt: now });
    store.live.announce(tx, tenantId, ...(await topicsOfPair(tx, pair)));
    return forwardView(forward);
  });
}

export function forwardView({ id, askedAt, targetName, state, problem }: Forward): VoicemailForwardView {
  return { id, askedAt: new Date(askedAt).toISOString(), toName: targetName, state, problem };
}
