import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { reissueApi, ReissueView } from '../../../../contract/conference/reissue.ts';
import { UserError } from '../../../domain/errors.ts';
import { putWork } from '../../../store/work.ts';
import type { ConferenceDeps } from '../deps.ts';
import { neededBridge } from '../offer.ts';
import { undoMs, type Phase, type Run } from './reissue.ts';
import { collectInvites, conferencesByBridge, findRun, insertRun, invitesOf, lockRun, makeDue, newestRuns, runningRun, saveRun, sumsOf } from './reissue-rows.ts';
import { finishRun } from './run-work.ts';

/** The endpoints of contract/conference/reissue.ts. */
export function reissueHandlers(deps: ConferenceDeps): Handlers<typeof reissueApi> {
  const { db } = deps.store;

  async function view(run: Run): Promise<{ reissue: ReissueView }> {
    return { reissue: await viewOf(deps, run) };
  }

  async function existing(tenantId: string, id: string): Promise<Run> {
    const run = await findRun(db, tenantId, id);
    if (!run) throw unknown();
    return run;
  }

  /** Changes one under its lock; `decide` gives null where it stands as wanted already. */
  async function change(id: string, { tenantId }: Caller, decide: (run: Run, now: number) => Run | null): Promise<{ reissue: ReissueView }> {
    const other = await runningRun(db, tenantId);
    if (other && other.id !== id) throw isBusy(other);
    const run = await deps.effect('reissue.asked.write', () =>
      deps.store.transaction(async (tx) => {
        const before = await lockRun(tx, tenantId, id);
        if (!before) throw unknown();
        const now = deps.clock.now();
        const next = decide(before, now);
        if (!next) return before;
        if (next.state === 'stopped') {
          await finishRun(tx, next, 'stopped', now);
          return (await findRun(tx, tenantId, id)) ?? next;
        }
        await saveRun(tx, next);
        await makeDue(tx, next, now);
        await putWork(tx, { tenantId, kind: 'reissue.run', key: id, dueAt: now });
        return next;
      }),
    );
    return view(run);
  }

  return {
    async list(_input, { tenantId }) {
      const [runs, inUse] = await Promise.all([newestRuns(db, tenantId), conferencesByBridge(db, tenantId, deps.clock.now())]);
      const connected = deps.bridges.map(({ instance }) => instance);
      const bridges = [...new Set([...connected, ...inUse.keys()])].map((instance) => ({ instance, isConnected: connected.includes(instance), conferences: inUse.get(instance) ?? 0 }));
      return { reissues: await Promise.all(runs.map((run) => viewOf(deps, run))), bridges };
    },
    async preview({ body }, { tenantId, personId }) {
      const now = deps.clock.now();
      checkMove(deps, body.bridge ?? null, body.toBridge ?? null);
      const run: Run = { tenantId, id: body.id, bridge: body.bridge ?? null, toBridge: body.toBridge ?? null, phase: 'preview', state: 'running', eventsPerMinute: null, nextAt: now, madeAt: now, madeBy: personId ?? '', undoUntil: null };
      const isNew = await deps.effect('reissue.asked.write', () =>
        deps.store.transaction(async (tx) => {
          if (!(await insertRun(tx, run))) return false;
          await collectInvites(tx, run, now);
          await putWork(tx, { tenantId, kind: 'reissue.run', key: run.id, dueAt: now });
          return true;
        }),
      );
      if (isNew) return view(run);
      const known = await findRun(db, tenantId, body.id);
      if (known) return view(known);
      throw isBusy(await runningRun(db, tenantId));
    },
    async read({ params }, { tenantId }) {
      return view(await existing(tenantId, params.id));
    },
    async invites({ params, query }, { tenantId }) {
      const found = await invitesOf(db, await existing(tenantId, params.id), query);
      return { invites: found.map(({ conferenceId, eventId, state, reason, people }) => ({ conferenceId, eventId: eventId === '' ? null : eventId, state, reason, people })) };
    },
    start: ({ params, body }, caller) =>
      change(params.id, caller, (run, now) => {
        if (run.phase === 'write' && (run.state === 'running' || run.state === 'done')) return null;
        if (run.phase === 'undo') throw refused('It was taken back already.', 'Make a new preview.');
        if (run.phase === 'preview' && run.state !== 'done') throw refused('Its preview is not finished.', 'Wait until its state is "done", or make a new one.');
        return { ...run, phase: 'write', state: 'running', nextAt: Math.max(run.nextAt, now), eventsPerMinute: body.eventsPerMinute };
      }),
    stop: ({ params }, caller) => change(params.id, caller, (run) => (run.state === 'running' ? { ...run, state: 'stopped' } : null)),
    undo: ({ params, body }, caller) =>
      change(params.id, caller, (run, now) => {
        if (run.phase === 'undo' && (run.state === 'running' || run.state === 'done')) return null;
        if (run.phase === 'preview') throw refused('Nothing was written.', 'Only what was started can be taken back.');
        if (run.state === 'running') throw refused('It is still writing.', 'Stop it first.');
        if (run.undoUntil === null || run.undoUntil <= now) throw refused(`It ended more than ${undoMs / 86_400_000} days ago.`, 'Change numbers and templates back, and reissue.');
        return { ...run, phase: 'undo', state: 'running', nextAt: Math.max(run.nextAt, now), eventsPerMinute: body.eventsPerMinute };
      }),
  };
}

async function viewOf(deps: ConferenceDeps, run: Run): Promise<ReissueView> {
  const sums = await sumsOf(deps.store.db, run);
  const count = (by: 'state' | 'reason'): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const sum of sums) if (sum[by] !== null) counts[sum[by]] = (counts[sum[by]] ?? 0) + sum.invites;
    return counts;
  };
  const people = (...states: string[]): number => sums.filter(({ state }) => states.includes(state)).reduce((sum, each) => sum + each.people, 0);
  const { id, bridge, toBridge, phase, state, eventsPerMinute, madeAt, undoUntil } = run;
  return {
    id, bridge, toBridge, phase: phase satisfies Phase, state, eventsPerMinute, madeAt: new Date(madeAt).toISOString(), undoUntil: undoUntil === null ? null : new Date(undoUntil).toISOString(),
    invites: count('state'), reasons: count('reason'), peopleToMail: people('due', 'writing'), peopleMailed: people('written', 'undoing', 'undone', 'kept'),
  };
}

/** The bridge that is left may be connected no more, that is why one moves; the other one has to be there. @throws UserError 422 */
function checkMove(deps: ConferenceDeps, from: string | null, to: string | null): void {
  if (to === null) return;
  neededBridge(deps, to);
  if (from === null || from === to) {
    throw new UserError(422, { code: 'reissue-move', field: 'bridge', message: 'It is not said from which other bridge the conferences move.', remedy: 'Name it as "bridge".' });
  }
}

function unknown(): UserError {
  return new UserError(404, { code: 'reissue-unknown', message: 'There is no such reissue.' });
}

function refused(message: string, remedy: string): UserError {
  return new UserError(409, { code: 'reissue-refused', message, remedy });
}

function isBusy(other: Run | null): UserError {
  return new UserError(409, { code: 'reissue-running', message: 'Another reissue is at work.', remedy: `Wait until it is done, or stop it first${other ? ` (${other.id})` : ''}.` });
}
