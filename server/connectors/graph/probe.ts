import { z } from 'zod';
import { OurError, TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { graphPath } from './client/call.ts';
import type { GraphCall } from './client/call.ts';
import type { GraphClient } from './client/client.ts';
import { refusalOf } from './client/graph-error.ts';
import { isoOf } from './times.ts';

/** Between two looks while all is well, and while Graph cannot be reached. Ours. */
const looksEveryMs = 5 * 60_000;
const triesEveryMs = 30_000;

export interface ProbeOptions {
  client: GraphClient;
  testMailbox: string | undefined;
  clock: Clock;
  log: Log;
  random: () => number;
  /** What came of a look: null when Graph answered us. */
  onContact: (trouble: TheirError | null) => void;
  /** Once, after Graph was reached for the first time. */
  onFirstContact: () => Promise<void>;
}

/** Rights are tried, never read from the token: those that Exchange gives do not stand in it (graph.md §8). The client notes what worked. */
function trials(testMailbox: string | undefined, now: number): GraphCall[] {
  const directory: GraphCall = {
    what: 'try the directory', method: 'GET', target: { path: '/users', query: { $top: '1', $select: 'id' } }, right: 'User.Read.All', budget: { workload: 'directory' }, repeat: 'always',
  };
  if (testMailbox === undefined) return [directory];
  const window = { startDateTime: isoOf(now), endDateTime: isoOf(now + 60_000), $select: 'id', $top: '1' };
  const calendar: GraphCall = {
    what: 'try a calendar', method: 'GET', target: { path: graphPath`/users/${testMailbox}/calendarView`, query: window }, right: 'Calendars.Read',
    budget: { workload: 'mailbox', mailbox: testMailbox }, repeat: 'always',
  };
  return [directory, calendar];
}

/** Looks whether Graph answers and what it allows, until stopped. */
export function createProbe({ client, testMailbox, clock, log, random, onContact, onFirstContact }: ProbeOptions): { start: () => void; stop: () => Promise<void> } {
  let over: AbortController | undefined;
  let running: Promise<void> = Promise.resolve();
  let isKnown = false;

  async function look(signal: AbortSignal): Promise<boolean> {
    const contact: GraphCall = { what: 'reach Graph', method: 'GET', target: { path: '/subscriptions' }, right: 'none', budget: { workload: 'subscriptions' }, repeat: 'always', signal };
    const trouble = await troubleOf(contact);
    signal.throwIfAborted();
    onContact(trouble);
    if (trouble) return false;
    for (const trial of trials(testMailbox, clock.now())) await troubleOf({ ...trial, signal });
    return true;
  }

  /** Null when Graph answered, if only by refusing what we asked. */
  async function troubleOf(call: GraphCall): Promise<TheirError | null> {
    try {
      await client.call(call, z.unknown());
      return null;
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      const status = refusalOf(error)?.status;
      return status === 403 || status === 400 ? null : error;
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const isReached = await look(signal);
      if (isReached && !isKnown) {
        isKnown = true;
        await onFirstContact().catch((error: unknown) => log.warn({ err: error }, 'old subscriptions could not be looked through'));
      }
      const pause = isReached ? looksEveryMs : triesEveryMs;
      await clock.sleep(pause / 2 + random() * pause, signal);
    }
  }

  return {
    start() {
      if (over) return;
      over = new AbortController();
      const { signal } = over;
      running = run(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'Graph is no longer looked at');
      });
    },
    async stop() {
      over?.abort(new OurError('the connector was stopped'));
      over = undefined;
      await running;
    },
  };
}
