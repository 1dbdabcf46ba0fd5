import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { Store } from '../../../store/connect.ts';
import type { VoicemailDeps } from '../deps.ts';
import { topicsOfPair } from '../team/topics.ts';
import { findForward, findPairOfForward, moveForward, type Forward, type ForwardProblem, type ForwardState } from './forward-rows.ts';

/** A box that a phone has, or a phone system that is away, is waited for so long, ms: after that whoever asked looks for another way. */
const patienceMs = 10 * 60_000;
/** Between tries, ms. */
const pauseMs = 5_000;

type Deps = Pick<VoicemailDeps, 'clock' | 'effect' | 'log' | 'voicemails'>;

/**
 * Work `voicemail.forward`: copies the message at most once. That it begins is written before it does; a begun one whose end nobody knows is compared with what
 * lies in the target, and is never repeated: it is done, or in doubt, and whoever asked sees which.
 */
export async function performForward(deps: Deps, store: Store, tenantId: string, key: string): Promise<{ againAt: number } | void> {
  const [pairId = '', id = ''] = key.split('/');
  const [forward, pair] = [await findForward(store.db, tenantId, pairId, id), await findPairOfForward(store.db, tenantId, pairId)];
  if (!forward || !pair || (forward.state !== 'waiting' && forward.state !== 'begun')) return;
  const now = deps.clock.now();
  const isLate = now > forward.askedAt + patienceMs;
  const again = { againAt: now + pauseMs };
  const move = (from: readonly ForwardState[], to: ForwardState, more: Parameters<typeof moveForward>[4] = {}): Promise<boolean> => deps.effect('forward.write', () =>
    store.transaction(async (tx) => {
      const isMoved = await moveForward(tx, forward, from, to, more);
      if (isMoved) store.live.announce(tx, tenantId, ...(await topicsOfPair(tx, { tenantId, ...pair })));
      return isMoved;
    }));
  const system = deps.voicemails.find(({ instance }) => instance === pair.instance);
  if (!system) return void (await move(['waiting'], 'failed', { problem: 'unavailable' }));
  if (forward.state === 'begun') return await settle(system, pair.voicemailId, forward);
  if (isLate) return void (await move(['waiting'], 'failed', { problem: 'unavailable' }));
  if (!system.capabilities.forward) return again;

  let copiesBefore: number;
  try {
    copiesBefore = await copiesIn(system, forward.targetBox, pair.voicemailId);
  } catch (error) {
    return await beforeFailed(error);
  }
  if (!(await move(['waiting'], 'begun', { copiesBefore }))) return;
  try {
    await deps.effect('voicemail.forward', () => system.forward(pair.box, pair.voicemailId, forward.targetBox));
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance: pair.instance, pair: pairId, err: error.message }, 'a voicemail was not forwarded');
    if (error.fault === 'no-answer') return again;
    // Nothing was done, and it may be tried again.
    if (error.fault === 'busy' || error.fault === 'throttled') return (await move(['begun'], 'waiting')) ? again : undefined;
    return void (await move(['begun'], 'failed', { problem: problemOf(error) }));
  }
  await move(['begun', 'doubt'], 'done');

  async function beforeFailed(error: unknown): Promise<{ againAt: number } | undefined> {
    if (!(error instanceof TheirError)) throw error;
    if (error.passing) return again;
    await move(['waiting'], 'failed', { problem: problemOf(error) });
    return undefined;
  }

  async function settle(from: VoicemailStore, voicemailId: string, { targetBox, copiesBefore: before }: Forward): Promise<{ againAt: number } | undefined> {
    try {
      const isThere = before !== null && (await copiesIn(from, targetBox, voicemailId)) > before;
      await (isThere ? move(['begun'], 'done') : move(['begun'], 'doubt', { problem: 'no-answer' }));
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      if (error.passing && !isLate) return again;
      await move(['begun'], 'doubt', { problem: 'no-answer' });
    }
    return undefined;
  }
}

/** Wherever they lie in the box: its owner may have heard or thrown away one already. */
async function copiesIn(system: VoicemailStore, box: string, voicemailId: string): Promise<number> {
  return (await system.messages(box)).filter(({ id }) => id === voicemailId).length;
}

function problemOf({ fault }: TheirError): ForwardProblem {
  if (fault === 'full') return 'box-full';
  return fault === 'gone' ? 'gone' : fault === 'unavailable' ? 'unavailable' : 'refused';
}
