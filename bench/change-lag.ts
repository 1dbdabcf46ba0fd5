import { PLAIN } from '../invitation/index.ts';
import { conferenceSettings } from '../contract/conference/settings.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { createMemoryBridge, createMemoryCalendar } from '../server/connectors/memory/index.ts';
import { createConferenceFeature, runEffect } from '../server/features/conference/index.ts';
import { day } from '../server/features/conference/conference.ts';
import { silent } from '../server/ports/log.ts';
import { nextDue } from '../server/store/work.ts';
import { createWake } from '../server/store/wake.ts';
import { createLabClock } from '../lab/clock.ts';
import { anna, mailbox, policy, start } from '../test/support/conference-world.ts';
import { workUntilQuiet } from '../test/support/work.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openBenchStore } from './frame/store.ts';
import { randomNumbers } from './frame/random.ts';
import { percentile } from './frame/statistics.ts';

const minute = 60_000;
const joinBase = 'https://meet.example.com/j/';
/** How long Graph gathers before it posts, virtual ms: "within seconds" (graph.md §1); ours to choose in a model. */
const noticeMs = 2_000;
/** Between two changes, virtual ms, in the mean. */
const meanPauseMs = 10 * minute;

/** Meetings are moved at random times; how long until their conference has the new time, in virtual time: what the three nets promise, without the machine's own speed. */
async function lags(lost: number, changes: number): Promise<number[]> {
  const clock = createLabClock({ startAt: start, paused: true });
  const random = randomNumbers(11);
  const { store, close } = await openBenchStore(clock);
  try {
    const wake = createWake(store, anna.tenantId, clock);
    const due: { at: number; keys: Parameters<typeof wake.mark>[0] }[] = [];
    const memory = createMemoryCalendar({
      instance: mailbox.instance, clock, joinBase: joinBase.slice(0, -1), mailboxes: [{ id: mailbox.id, addresses: [anna.address], displayName: anna.name }],
      wake: { mark: async (keys) => void (random() >= lost && due.push({ at: clock.now() + noticeMs, keys })) },
    });
    const bridge = createMemoryBridge({ instance: 'pbx', clock });
    const calendars = createCalendars({ clock, log: silent, store, sources: [memory.port], gatherMs: 1_000, sweepMs: policy.sweepMs, effect: runEffect });
    const feature = createConferenceFeature({
      clock, log: silent, store, live: store.live, bridges: [bridge.port], calendars, policy, joinBase, languages: ['en'], effect: runEffect, keyword: null,
      mailboxOf: async () => mailbox, personByAddress: async () => null, addressesOfCaller: async () => [], addressesOf: async () => [], templatesOf: async () => [], ownerOfMailbox: async () => null, keywordMailboxes: async () => [],
      mailSender: null, dressFor: async () => ({ dress: PLAIN, former: { html: [], text: [] } }), settingsOf: async () => ({ ...conferenceSettings.standard }), fixedFor: async () => new Set(),
    });
    const handlers = { ...calendars.workHandlers, ...feature.workHandlers };
    const meetings: { id: string; eventId: string }[] = [];
    for (let n = 0; n < 20; n++) {
      // Half within the sweep's window, half beyond it.
      const startsAt = start + (n % 2 === 0 ? 5 : 90) * day + n * 60 * minute;
      const { conference } = await feature.handlers.hold({ params: {}, query: {}, body: { idempotencyKey: crypto.randomUUID(), language: 'en', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 30 * minute).toISOString(), timeZone: 'UTC' } }, anna);
      const eventId = memory.events.add(mailbox.id, { startsAt, endsAt: startsAt + 30 * minute, iCalUId: `uid-${n}`, body: { format: 'html', content: `${joinBase}${conference.id}` } });
      await calendars.readLater(anna.tenantId, mailbox, eventId, 0);
      meetings.push({ id: conference.id, eventId });
    }
    await workUntilQuiet(store, clock, handlers);
    due.length = 0;
    return await moveAll();

    async function moveAll(): Promise<number[]> {
      const open = new Map<string, { from: number; startsAt: number }>();
      const found: number[] = [];
      let made = 0;
      let nextChange = clock.now();
      while (made < changes || open.size > 0) {
        // From one moment at which something happens to the next.
        const moments = [made < changes ? nextChange : Infinity, due[0]?.at ?? Infinity, (await nextDue(store.db, { kinds: Object.keys(handlers), owner: 'bench' })) ?? Infinity];
        const at = Math.max(clock.now(), Math.min(...moments));
        clock.set(at);
        for (const { keys } of due.splice(0, due.findLastIndex((each) => each.at <= at) + 1)) await wake.mark(keys);
        const failures = await workUntilQuiet(store, clock, handlers);
        if (failures.length > 0) throw failures[0];
        if (open.size > 0) {
          const rows = await store.db.selectFrom('conference').select(['id', 'starts_at']).where('id', 'in', [...open.keys()]).execute();
          for (const { id, starts_at } of rows) {
            const wanted = open.get(id);
            if (!wanted || starts_at?.getTime() !== wanted.startsAt) continue;
            found.push(at - wanted.from);
            open.delete(id);
          }
        }
        if (made >= changes || at < nextChange) continue;
        nextChange = at + 1 + random() * 2 * meanPauseMs;
        const meeting = meetings[Math.floor(random() * meetings.length)];
        if (!meeting || open.has(meeting.id)) continue;
        const event = memory.events.find(mailbox.id, meeting.eventId);
        if (!event) throw new Error('a meeting is gone');
        const startsAt = event.startsAt + minute;
        memory.events.change(mailbox.id, meeting.eventId, { startsAt, endsAt: startsAt + 30 * minute });
        open.set(meeting.id, { from: at, startsAt });
        made += 1;
      }
      return found;
    }
  } finally {
    clock.stop();
    await close();
  }
}

async function run(context: BenchContext): Promise<Result[]> {
  // Six hundred take four days of the turned clock: no meeting is over before its last change.
  const changes = context.isFull ? 600 : 120;
  const results: Result[] = [];
  for (const [name, lost] of [['with notices', 0], ['1 % of the notices lost', 0.01], ['without notices', 1]] as const) {
    const list = await lags(lost, lost === 1 ? Math.min(changes, 100) : changes);
    const longest = percentile(list, 1);
    if (longest > 24 * 60 * minute) throw new Error(`a change needed ${longest / 3_600_000} hours`);
    for (const [metric, share] of [['p50', 0.5], ['p99', 0.99], ['longest', 1]] as const) results.push({ metric: `${name}, ${metric}`, unit: 's, virtual', ours: percentile(list, share) / 1_000, peer: null, peerName: null, better: 'lower', runs: list.length });
  }
  context.note(`Twenty meetings, half of them in 90 days and so outside of what a sweep looks at, moved at random times; in the time of a turned clock, over the memory calendar and PostgreSQL. A notice comes ${noticeMs / 1_000} s after the change. Sweeps every 6 hours, far meetings read again every 20 hours: the defaults. The machine's own speed is not in it: see the figures notices and commits.`);
  return results;
}

export const figures: readonly Figure[] = [{ id: 'change-lag', title: 'From a change in the calendar to the changed conference', run }];
