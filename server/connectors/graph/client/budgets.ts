import type { Middleware } from '@microsoft/microsoft-graph-client';
import { createBudget } from '../../../outbound/budget.ts';
import type { Budget } from '../../../outbound/budget.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { GraphConfig } from '../config.ts';
import { mayShare } from './call.ts';
import type { GraphCall } from './call.ts';
import { factsOf, middleware } from './middleware.ts';

type Use = GraphCall['budget'];

/** All budgets towards one Graph, whatever the number of features. */
export interface Workloads {
  run<T>(use: Use, run: () => Promise<T>, more: { cost: number; sharesRequest?: boolean; signal?: AbortSignal }): Promise<T>;
  /** Sends one request that holds several calls, each of which went through `run` with `sharesRequest`: it takes the places of those that Graph works on at a time. */
  shared<T>(calls: number, run: () => Promise<T>): Promise<T>;
  /** Requests with several calls that may be under way at a time. */
  readonly sharedRequests: number;
  /** Graph asked for a pause: nobody asks for this mailbox (or workload) until it is over. */
  holdOff(use: Use, ms: number): void;
  /** Reading a whole calendar anew: only a few at a time, because all calendars may be forgotten at once. */
  resync<T>(run: () => Promise<T>): Promise<T>;
}

const tenMinutes = 10 * 60_000;

/** Longest wait for a place. The work that waits has a lease; it comes back later with what it was told. */
const longestWaitMs = 60_000;

/** A resync may wait for others that read large calendars. */
const longestResyncWaitMs = 10 * 60_000;

/** Outlook calls of one batch that Graph works on at a time, whatever their mailboxes (learn.microsoft.com/graph/json-batching). */
export const atATimeInBatch = 4;

/** Graph counts what arrives, we what we send: calls that a network held up for a second come together with those of the next. */
const underway = 'a twentieth is left for calls that arrive later than they were sent';

export function createWorkloads({ config, clock }: { config: GraphConfig; clock: Clock }): Workloads {
  const { instance: connector, budgets } = config;
  const make = (limits: Parameters<typeof createBudget>[0]['limits'], wait = longestWaitMs): Budget => createBudget({ clock, connector, limits, longestWaitMs: wait });

  const everything = make([{
    name: 'all calls of Graph', per: 'all', concurrent: budgets.overallConcurrent, rate: { amount: budgets.overallPer10Seconds, perMs: 10_000 },
    source: 'concurrency: ours; rate: 130,000 in 10 s per app over all tenants (learn.microsoft.com/graph/throttling-limits), a part of it for one tenant',
  }]);
  const mailbox = make([{
    name: 'one mailbox', per: 'key', concurrent: budgets.mailboxConcurrent, rate: { amount: budgets.mailboxPer10Minutes, perMs: tenMinutes },
    source: 'Outlook: 4 at a time and 10,000 in 10 minutes per app and mailbox (learn.microsoft.com/graph/throttling-limits, 2026-09)',
  }]);
  const directory = make([{
    name: 'the directory', per: 'all', rate: { amount: 1_500, perMs: 10_000 },
    source: 'identity: 3,500 resource units in 10 s for the smallest tenants, one read is up to 2 (throttling-limits)',
  }]);
  const subscriptions = make([{
    name: 'subscriptions', per: 'all', rate: { amount: 950, perMs: 20_000, burst: 50 },
    source: `writes 1,000 in 20 s per app and tenant (throttling-limits); ${underway}`,
  }]);
  const presence = make([{
    name: 'presence', per: 'all', rate: { amount: 1_425, perMs: 30_000 },
    source: `1,500 requests in 30 s per app and tenant (learn.microsoft.com/graph/throttling-limits); ${underway}`,
  }]);
  const resyncs = make([{ name: 'calendars read anew', per: 'all', concurrent: budgets.resyncs, source: 'ours' }], longestResyncWaitMs);

  function budgetOf(use: Use): { budget: Budget; key: string } {
    if (use.workload === 'mailbox') return { budget: mailbox, key: use.mailbox };
    return { budget: { directory, presence, subscriptions }[use.workload], key: use.workload };
  }

  return {
    run(use, run, more) {
      const { budget, key } = budgetOf(use);
      // The narrow one first: who waits for a busy mailbox takes no place from the others.
      const { cost, sharesRequest = false, signal } = more;
      const aborted = signal ? { signal } : {};
      return budget.run(key, () => everything.run('graph', run, { cost, places: sharesRequest ? 0 : 1, ...aborted }), { cost, ...aborted });
    },
    shared: (calls, run) => everything.run('graph', run, { cost: 0, places: Math.min(calls, atATimeInBatch) }),
    sharedRequests: Math.max(1, Math.floor(budgets.overallConcurrent / atATimeInBatch)),
    holdOff(use, ms) {
      const { budget, key } = budgetOf(use);
      budget.holdOff(key, ms);
    },
    resync: (run) => resyncs.run('resync', run),
  };
}

/** Waits for a place in the budgets for each attempt, and keeps it until the answer is read. */
export function limit(budgets: Workloads): Middleware {
  return middleware(async (context, next) => {
    const { call } = factsOf(context);
    const signal = context.options?.signal ?? undefined;
    await budgets.run(call.budget, () => next(context), { cost: call.cost ?? 1, sharesRequest: mayShare(call), ...(signal ? { signal } : {}) });
  });
}
