import { TheirError } from '../../../domain/errors.ts';
import { backOff } from '../../../store/try-again.ts';
import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import { changeConference } from '../apply.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { bridgeAfter, claimedState, mostAttempts, paced, undoMs, type Invite, type Run } from './reissue.ts';
import { findInvite, findRun, forgetBlocks, lockRun, nextInviteAt, nextInvites, saveRun, swapInvite } from './reissue-rows.ts';
import { lookAt, writeOnce, type Outcome } from './write-once.ts';

/** How many are looked at in one go, and how many at a time: what one mailbox system lets one app do at once (Graph: four requests for each mailbox). */
const looksAtOnce = 60;
/** How many are tried in one go until one was written: few say it already after a preview. */
const triesAtOnce = 4;
const atATime = 4;

/** Work `reissue.run`: the next invites of a run. Everything that it knows lies in the rows, so that it goes on where it was after any end. */
export async function advance(deps: ConferenceDeps, tenantId: string, id: string): Promise<{ againAt: number } | void> {
  const run = await findRun(deps.store.db, tenantId, id);
  const now = deps.clock.now();
  if (run?.state !== 'running') return;
  if (run.phase !== 'preview' && run.nextAt > now) return { againAt: run.nextAt };
  const invites = await nextInvites(deps.store.db, run, now, run.phase === 'preview' ? looksAtOnce : triesAtOnce);
  if (invites.length === 0) {
    const next = await nextInviteAt(deps.store.db, run);
    return next === null ? end(deps, run) : { againAt: next };
  }
  if (run.phase === 'preview') {
    for (let first = 0; first < invites.length; first += atATime) await Promise.all(invites.slice(first, first + atATime).map((each) => tryOne(deps, run, each)));
    return { againAt: now };
  }
  for (const invite of invites) if (await tryOne(deps, run, invite)) break;
  return { againAt: deps.clock.now() };
}

/** True when somebody was mailed by it, or may have been: then the next one waits. */
async function tryOne(deps: ConferenceDeps, run: Run, invite: Invite): Promise<boolean> {
  const now = deps.clock.now();
  try {
    const conference = await findConference(deps.store.db, run.tenantId, invite.conferenceId);
    if (!conference) return await note(deps, run, invite, { kind: 'left', reason: 'gone' });
    if (run.phase === 'preview') return await note(deps, run, invite, await lookAt(deps, run, invite, conference));
    const { phase } = run;
    let current = invite;
    const outcome = await writeOnce(deps, run, invite, conference, invite.state === claimedState[phase], async ({ format, before, after }, { version }) => {
      const claimed = { ...current, state: claimedState[phase], version, ...(phase === 'write' ? { format, before, after } : {}) };
      if (!(await claim(deps, run, current, claimed))) return false;
      current = claimed;
      return true;
    });
    return await note(deps, run, current, outcome);
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    return putOff(deps, run, invite, error, now);
  }
}

/** Only while the run is at it: whoever stops it is believed at once. */
async function claim(deps: ConferenceDeps, { tenantId, id, phase }: Run, current: Invite, claimed: Invite): Promise<boolean> {
  return deps.effect('reissue.claimed.write', () =>
    deps.store.transaction(async (tx) => {
      const run = await lockRun(tx, tenantId, id);
      return run?.state === 'running' && run.phase === phase && swapInvite(tx, current, claimed);
    }),
  );
}

async function note(deps: ConferenceDeps, run: Run, invite: Invite, outcome: Outcome): Promise<boolean> {
  if (outcome.kind === 'overtaken') return false;
  const now = deps.clock.now();
  const isWritten = outcome.kind === 'written';
  const next = settled(run, invite, outcome, now);
  const save = async (tx: Queries): Promise<void> => {
    await swapInvite(tx, invite, next);
    if (isWritten) await pace(tx, run, now);
  };
  const bridge = isWritten || outcome.kind === 'same' ? bridgeAfter(run) : null;
  if (run.phase !== 'preview' && bridge !== null && !isWritten) {
    await changeConference(deps, 'reissue.noted.write', run.tenantId, invite.conferenceId, (before) => ({ fields: movedTo(deps, before, bridge), why: 'settings-changed', also: save }));
  } else if (isWritten) {
    deps.log.info({ reissue: run.id, conferenceId: invite.conferenceId, phase: run.phase, mailed: outcome.people }, 'the block in an invite was written anew');
    await changeConference(deps, 'reissue.noted.write', run.tenantId, invite.conferenceId, (before) => ({ ...(bridge === null ? {} : { fields: movedTo(deps, before, bridge) }), why: 'invite-written', detail: `mailed:${outcome.people}`, also: save }));
  } else {
    await deps.effect('reissue.noted.write', () => deps.store.transaction(save));
  }
  return isWritten;
}

/**
 * On the other bridge, which is then brought to where the conference is. In the transaction that notes the write, after it: an invite that could not be written keeps its numbers and its
 * bridge. Chosen countries stay as they are, so that undo finds them; the text shows those that the bridge has.
 */
function movedTo(deps: ConferenceDeps, { bridgeInstance }: Conference, bridge: string): Partial<Conference> {
  return bridgeInstance === bridge ? {} : { bridgeInstance: bridge, bridgeState: 'none', bridgeSince: deps.clock.now(), bridgeError: null };
}

async function pace(tx: Queries, { tenantId, id }: Run, now: number): Promise<void> {
  const run = await lockRun(tx, tenantId, id);
  if (run) await saveRun(tx, { ...run, nextAt: paced(now, run.eventsPerMinute) });
}

/** The invite as it stands after an outcome. The former block is kept only of what was written, or may have been. */
function settled({ phase, toBridge }: Run, invite: Invite, outcome: Exclude<Outcome, { kind: 'overtaken' }>, now: number): Invite {
  const plain = { ...invite, attempts: 0, version: null };
  const unwritten = phase === 'undo' ? plain : { ...plain, format: null, before: null, after: null };
  if (outcome.kind === 'moved') return { ...unwritten, state: phase === 'undo' ? 'written' : 'due', attempts: invite.attempts + 1, dueAt: now + backOff(invite.attempts + 1) };
  if (outcome.kind === 'left') return { ...(outcome.reason === 'in-doubt' ? plain : unwritten), state: phase === 'undo' ? 'kept' : 'left', reason: outcome.reason };
  const { people } = outcome;
  if (phase === 'undo') return { ...plain, state: 'undone', reason: null, people: outcome.kind === 'written' ? people : invite.people };
  if (outcome.kind === 'written') return { ...plain, state: 'written', reason: null, people };
  // Moved without a word: there is something to take back, and no text.
  if (phase === 'write' && outcome.kind === 'same' && toBridge !== null) return { ...plain, state: 'written', reason: null, people: 0, format: 'html', before: '', after: '' };
  return { ...unwritten, state: outcome.kind, reason: null, people: outcome.kind === 'due' ? people : 0 };
}

/** What may pass is tried again, this invite alone; what was claimed stays claimed, for its write may have been done. */
async function putOff(deps: ConferenceDeps, run: Run, { tenantId, runId, conferenceId, eventId }: Invite, error: TheirError, now: number): Promise<boolean> {
  const current = await findInvite(deps.store.db, { tenantId, runId, conferenceId, eventId });
  if (!current) return false;
  const isClaimed = run.phase !== 'preview' && current.state === claimedState[run.phase];
  const attempts = current.attempts + 1;
  deps.log.warn({ reissue: run.id, conferenceId, fault: error.fault, err: error.message, attempts }, 'an invite could not be written anew');
  if (error.passing && attempts < mostAttempts) {
    const later = { ...current, attempts, dueAt: now + Math.max(backOff(attempts), error.retryAfterMs ?? 0) };
    await deps.effect('reissue.noted.write', () =>
      deps.store.transaction(async (tx) => {
        await swapInvite(tx, current, later);
        if (isClaimed) await pace(tx, run, now);
      }),
    );
    return isClaimed;
  }
  const reason = error.passing ? (isClaimed ? 'in-doubt' : 'no-answer') : error.fault === 'denied' ? 'denied' : error.fault === 'gone' ? 'gone' : 'refused';
  return note(deps, run, current, { kind: 'left', reason });
}

async function end(deps: ConferenceDeps, { tenantId, id, phase }: Run): Promise<void> {
  await deps.effect('reissue.ended.write', () =>
    deps.store.transaction(async (tx) => {
      const run = await lockRun(tx, tenantId, id);
      if (run?.state !== 'running' || run.phase !== phase) return;
      await finishRun(tx, run, 'done', deps.clock.now());
    }),
  );
}

/** Ends or stops a run under its lock; from here on counts how long it can be undone. */
export async function finishRun(tx: Queries, run: Run, state: 'stopped' | 'done', now: number): Promise<void> {
  const undoUntil = run.phase === 'write' ? now + undoMs : run.undoUntil;
  await saveRun(tx, { ...run, state, undoUntil });
  if (undoUntil !== null) await putWork(tx, { tenantId: run.tenantId, kind: 'reissue.forget', key: run.id, dueAt: undoUntil });
}

/** Work `reissue.forget`: former blocks go when they cannot come back any more. */
export async function forget(deps: ConferenceDeps, tenantId: string, id: string): Promise<{ againAt: number } | void> {
  return deps.store.transaction(async (tx) => {
    const run = await lockRun(tx, tenantId, id);
    if (!run) return undefined;
    const now = deps.clock.now();
    // What is at work needs them to its end, and says then how long they are kept.
    if (run.state === 'running') return { againAt: now + undoMs };
    if (run.undoUntil !== null && run.undoUntil > now) return { againAt: run.undoUntil };
    await forgetBlocks(tx, run);
    return undefined;
  });
}
