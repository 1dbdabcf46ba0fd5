import { availabilitySettings } from '../contract/availability.ts';
import { createLabClock } from '../lab/clock.ts';
import { ensureTenant } from '../server/accounts/rows.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { createMemoryCalendar } from '../server/connectors/memory/index.ts';
import { createAvailabilityFeature } from '../server/features/availability/index.ts';
import { silent } from '../server/ports/log.ts';
import type { WakeKey } from '../server/ports/wake.ts';
import { nextDue, putWork } from '../server/store/work.ts';

import { workUntilQuiet } from '../test/support/work.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { temporaryStore } from './frame/database.ts';
import { recordedDay, type Deed } from './frame/recorded-day.ts';
import { percentile } from './frame/statistics.ts';
import { pollingPeer, type Peer } from './frame/presence-peers.ts';

const minute = 60_000;
const tenant = 'default';

/** What a line was told, and when (epoch ms). */
interface Told {
  at: number;
  isBusy: boolean;
}

/**
 * A working day of many people in virtual time: the feature, the watch over calendars and PostgreSQL are the real ones, the calendar is the reference
 * connector, which counts what it is asked; a phone system that only remembers when it was told what.
 */
async function run(context: BenchContext): Promise<Result[]> {
  const count = context.isFull ? 1_000 : 30;
  const day = recordedDay(count);
  const ours = await live(day.deeds, day.from, day.to, count);
  const peers = [pollingPeer('mattermost-plugin-mscalendar, replayed rule', 5 * minute, 10 * minute), pollingPeer('Asterisk res_calendar_ews, replayed rule', 15 * minute, 0)];
  const hours = (day.to - day.from) / 3_600_000;
  const meetings = day.truth.flatMap((each) => each).length;
  const rows: Result[] = [];
  for (const peer of peers) {
    const theirs = replay(peer, day);
    rows.push(
      { metric: `requests per user and hour (${peer.short})`, unit: '1', ours: ours.requests / count / hours, peer: theirs.requests / count / hours, peerName: peer.name, better: 'lower', runs: 1 },
      { metric: `wrong per meeting, mean (${peer.short})`, unit: 's', ours: wrongSeconds(day.truth, ours.told) / meetings, peer: wrongSeconds(day.truth, theirs.told) / meetings, peerName: peer.name, better: 'lower', runs: 1 },
    );
  }
  rows.push({ metric: 'change of a calendar to the phone, p99', unit: 's', ours: percentile(ours.lags, 0.99) / 1000, peer: null, peerName: null, better: 'lower', runs: ours.lags.length });
  context.note(`${count} people, 8 to 9 meetings each between 8:00 and 18:00, 8 changes during the day each (new, moved, cancelled), one every ${((hours * 3600) / (count * 8)).toFixed(1)} s; notifications arrive at once. Requests: reading events, sweeps, subscriptions and their renewal; automatic replies are asked for 650 people at a time and are not in it. The clock is virtual: of what the machine and the network take, nothing is in the seconds; at most one word a second goes to a line, and that is.`);
  return rows;
}

async function live(deeds: readonly Deed[], from: number, to: number, count: number): Promise<{ requests: number; told: Told[][]; lags: number[] }> {
  const { store, close } = await temporaryStore();
  const clock = createLabClock({ startAt: from, paused: true });
  try {
    await ensureTenant(store.db, tenant, 'Bench', from);
    const people = Array.from({ length: count }, (_, index) => `p${index}`);
    for (const personId of people) await store.db.insertInto('person').values({ tenant_id: tenant, person_id: personId, name: personId, address: `${personId}@example.com`, created_at: new Date(from), last_seen_at: new Date(from) }).execute();
    let noticed = Promise.resolve();
    const mark = (keys: WakeKey[]): Promise<void> => (noticed = noticed.then(() => putWork(store.db, ...keys.map((key) => ({ tenantId: tenant, ...key, dueAt: clock.now() })))));
    const memory = createMemoryCalendar({ instance: 'm365', clock, joinBase: 'https://meet.example.com/j', mailboxes: people.map((id) => ({ id, addresses: [`${id}@example.com`], displayName: id })), wake: { mark } });
    let requests = 0;
    const counted = new Proxy(memory.port, { get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === 'function' ? (...given: unknown[]) => ((requests += 1), (value as (...all: unknown[]) => unknown).apply(target, given)) : value;
    } });
    const told: Told[][] = people.map(() => []);
    const calendars = createCalendars({ clock, log: silent, store, sources: [counted], gatherMs: 1_000, sweepMs: 6 * 60 * minute, effect: (_name, work) => work() });
    const feature = createAvailabilityFeature({
      clock, log: silent, store, live: store.live, calendars, absences: [], dots: [],
      targets: [{ instance: 'pbx', show: async (line, shown) => void told[Number(line.extension)]?.push({ at: clock.now(), isBusy: shown.availability === 'busy' }), devices: async () => [], onEvent: () => () => undefined }],
      people: {
        nameOf: async (_tenant, personId) => personId, mailboxOf: async (_tenant, personId) => ({ instance: 'm365', id: personId }), ownerOfMailbox: async (_tenant, box) => box.id, knownByAddress: async () => null,
        linesOf: async (_tenant, personId) => [{ pbx: 'pbx', context: 'default', extension: personId.slice(1), devices: [] }], ownerOfDevice: async () => null, ownerOfExtension: async () => null, withLines: async () => people,
      },
      policyOf: async () => ({ ...availabilitySettings.standard, phoneTimeZone: 'Europe/Berlin' }),
      effect: (_name, work) => work(),
    });
    const handlers = { ...calendars.workHandlers, ...feature.workHandlers };
    const kinds = Object.keys(handlers);
    const workOff = async (): Promise<void> => {
      await noticed;
      const failures = await workUntilQuiet(store, clock, handlers);
      if (failures.length > 0) throw failures[0];
    };
    await feature.resume(tenant);
    await workOff();
    const lags: number[] = [];
    const ids = new Map<string, string>();
    for (let next = 0; next <= deeds.length; next++) {
      const deed = deeds[next];
      const until = deed?.at ?? to;
      for (;;) {
        const due = await nextDue(store.db, { kinds, owner: 'bench' });
        if (due === null || due > until) break;
        clock.advance(Math.max(0, due - clock.now()));
        await workOff();
      }
      clock.advance(until - clock.now());
      if (!deed) break;
      perform(deed, memory, ids);
      await workOff();
      const line = told[deed.person] ?? [];
      if (deed.changesNow) lags.push((line.at(-1)?.at ?? clock.now()) - deed.at);
    }
    return { requests, told, lags: lags.length > 0 ? lags : [0] };
  } finally {
    clock.stop();
    await close();
  }
}

function perform(deed: Deed, memory: ReturnType<typeof createMemoryCalendar>, ids: Map<string, string>): void {
  const mailbox = `p${deed.person}`;
  const times = { startsAt: deed.startsAt, endsAt: deed.endsAt };
  const known = ids.get(deed.meeting);
  if (deed.kind === 'cancel') {
    if (known !== undefined) memory.events.remove(mailbox, known);
    ids.delete(deed.meeting);
    return;
  }
  if (known !== undefined) memory.events.change(mailbox, known, times);
  else ids.set(deed.meeting, memory.events.add(mailbox, { ...times, iCalUId: deed.meeting, showAs: 'busy', isOrganizer: true, response: 'organizer', attendees: [{ name: 'B', address: 'b@example.com', kind: 'required', response: 'accepted' }] }));
}

/** What a peer's rule would have told of the same day. */
function replay(peer: Peer, day: ReturnType<typeof recordedDay>): { requests: number; told: Told[][] } {
  const all = day.truth.map((_, person) => peer.person(day.deeds.filter((deed) => deed.person === person), day.from, day.to));
  return { requests: all.reduce((sum, each) => sum + each.requests, 0), told: all.map((each) => each.told) };
}

/** Seconds in which what was told differs from what is true, over all people. */
function wrongSeconds(truth: readonly { from: number; to: number }[][], told: readonly Told[][]): number {
  let wrong = 0;
  truth.forEach((busy, person) => {
    const words = told[person] ?? [];
    const edges = [...new Set([...busy.flatMap(({ from, to }) => [from, to]), ...words.map(({ at }) => at)])].toSorted((a, b) => a - b);
    let word = 0;
    let saysBusy = false;
    for (let index = 0; index + 1 < edges.length; index++) {
      const [from = 0, to = 0] = [edges[index], edges[index + 1]];
      for (; word < words.length && (words[word]?.at ?? Infinity) <= from; word++) saysBusy = words[word]?.isBusy ?? false;
      if (busy.some((each) => each.from <= from && from < each.to) !== saysBusy) wrong += to - from;
    }
  });
  return wrong / 1000;
}

export const figures: readonly Figure[] = [{ id: 'calendar-to-phone', title: 'A working day: calendar to phone', run }];
