import type { createMemoryCalendar } from '../server/connectors/memory/index.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openAvailabilityWorld, type Told } from './frame/availability-world.ts';
import { recordedDay, type Deed } from './frame/recorded-day.ts';
import { partOf, toldWithin, type Measured } from './frame/part-of-day.ts';
import { percentile } from './frame/statistics.ts';
import { pollingPeer, type Peer } from './frame/presence-peers.ts';

const minute = 60_000;

const clock = (time: string): number => Date.parse(`2026-11-30T${time}:00+01:00`);

/** More of them live a part of the day only: each hour of a thousand takes a quarter of a minute. */
const mostForWholeDay = 1_000;

/**
 * A working day of many people in virtual time: the feature, the watch over calendars and PostgreSQL are the real ones, the calendar is the reference
 * connector, which counts what it is asked; a phone system that only remembers when it was told what.
 */
async function run(context: BenchContext): Promise<Result[]> {
  const chosen = process.env['TIELINE_BENCH_PEOPLE'];
  const rows: Result[] = [];
  const count = chosen === undefined ? (context.isFull ? mostForWholeDay : 40) : Number(chosen);
  rows.push(...(count <= mostForWholeDay ? await wholeDay(context, count) : await morning(context, count)));
  return rows;
}

async function wholeDay(context: BenchContext, count: number): Promise<Result[]> {
  const recorded = recordedDay(count);
  const day = partOf(recorded, recorded.from, recorded.to);
  const ours = await live(day, count, settledBefore);
  const rows = compared(day, ours, count, '');
  rows.push(alone('requests per user at the first start', '1', ours.startRequests / count));
  const few = context.isFull ? 100 : 20;
  const darkDay = recordedDay(few);
  const dark = partOf(darkDay, darkDay.from, darkDay.to);
  const untold = await live(dark, few, settledBefore, true);
  rows.push(
    alone('all notices lost: requests per user and hour', '1', untold.requests / few / hoursOf(dark)),
    alone('all notices lost: wrong per meeting, mean', 's', wrongSeconds(dark.truth, untold.told) / meetingsOf(dark)),
  );
  context.note(`${count} people, 8 to 9 meetings each between 8:00 and 18:00, 8 changes during the day each (new, moved, cancelled), one every ${((hoursOf(day) * 3600) / (count * 8)).toFixed(1)} s; notices arrive at once, and a cancelled meeting brings two. The server runs since the evening before. Requests: lists of changes by pages of 50, sweeps, subscriptions and their renewal, and automatic replies, which are one request for up to 650 people every five minutes, whether they are 40 or 650 (${((12 * Math.ceil(count / 650)) / count).toFixed(3)} per user and hour of it). ${byKind(ours, day, count)} The clock is virtual: of what machine and network take, nothing is in the seconds; that notices are gathered for a second and that a line is told at most once a second, is.`);
  return rows;
}

/** The part of the day with the most boundaries, for as many people as a whole day would take too long for. */
async function morning(context: BenchContext, count: number): Promise<Result[]> {
  const day = partOf(recordedDay(count), clock('08:30'), clock(count >= 2_000 ? '09:15' : '10:30'));
  const ours = await live(day, count, 60 * minute);
  const until = count >= 2_000 ? '9:15' : '10:30';
  context.note(`${count} people, the same day, measured from 8:30 to ${until} only; the server came up at 7:00, and the peers' rules are replayed for the same hours. Changes come as in the whole day, but sweeps are six hours apart and subscriptions are renewed every few days: their share is in the figure of the whole day, and is not in this one. ${byKind(ours, day, count)}`);
  return compared(day, ours, count, `${count} people, 8:30 to ${until}: `);
}

function alone(metric: string, unit: string, ours: number, runs = 1): Result {
  return { metric, unit, ours, peer: null, peerName: null, better: 'lower', runs };
}

function compared(day: Measured, ours: Lived, count: number, prefix: string): Result[] {
  const peers = [pollingPeer('mattermost-plugin-mscalendar, replayed rule', 5 * minute, 10 * minute), pollingPeer('Asterisk res_calendar_ews, replayed rule', 15 * minute, 0)];
  const perHour = (requests: number): number => requests / count / hoursOf(day);
  const lags = adHocLags(day, ours.told);
  if (perHour(ours.requests) > 12 || lags.some((lag) => lag > 60_000)) throw new Error('a phone did not follow its calendar');
  const rows = peers.flatMap((peer): Result[] => {
    const theirs = replay(peer, day);
    return [
      { metric: `${prefix}requests per user and hour (${peer.short})`, unit: '1', ours: perHour(ours.requests), peer: perHour(theirs.requests), peerName: peer.name, better: 'lower', runs: 1 },
      { metric: `${prefix}wrong per meeting, mean (${peer.short})`, unit: 's', ours: wrongSeconds(day.truth, ours.told) / meetingsOf(day), peer: wrongSeconds(day.truth, theirs.told) / meetingsOf(day), peerName: peer.name, better: 'lower', runs: 1 },
    ];
  });
  return [...rows, alone(`${prefix}ad-hoc change of a calendar to the phone, p99`, 's', percentile(lags, 0.99) / 1000, lags.length)];
}

function hoursOf({ from, to }: Measured): number {
  return (to - from) / (60 * minute);
}

function meetingsOf({ truth }: Measured): number {
  return truth.reduce((sum, each) => sum + each.length, 0);
}

function byKind({ kinds }: Lived, day: Measured, count: number): string {
  const shares = Object.entries(kinds).filter(([, times]) => times > 0).map(([kind, times]) => `${kind} ${(times / count / hoursOf(day)).toFixed(3)}`);
  return `Per user and hour: ${shares.join(', ')}.`;
}

/** The evening before: a server that runs already is measured, not its first start. */
const settledBefore = 14 * 60 * minute;

interface Lived {
  /** Requests of the time that is measured, and of all before it. */
  requests: number;
  startRequests: number;
  /** Those of the time that is measured, by what was asked. */
  kinds: Record<string, number>;
  told: Told[][];
}

async function live(day: Measured, count: number, before: number, losesNotices = false): Promise<Lived> {
  const ids = new Map<string, string>();
  // What stands in the calendar when the day begins was written before the server came up.
  const standing = day.deeds.filter((deed) => deed.at === day.began);
  const world = await openAvailabilityWorld(count, day.began - before, (memory) => standing.forEach((deed) => perform(deed, memory, ids)));
  try {
    await world.runTo(day.began);
    if (losesNotices) world.loseNotices();
    let start: Record<string, number> | null = null;
    for (const deed of day.deeds.slice(standing.length)) {
      if (start === null && deed.at >= day.from) {
        await world.runTo(day.from);
        start = world.requestsFor();
      }
      await world.runTo(deed.at);
      perform(deed, world.memory, ids);
      // A notice is on its way for a moment.
      world.clock.advance(1);
    }
    await world.runTo(day.to);
    const kinds = Object.fromEntries(Object.entries(world.requestsFor()).map(([kind, times]) => [kind, times - (start?.[kind] ?? 0)]));
    const requests = Object.values(kinds).reduce((sum, each) => sum + each, 0);
    return { requests, startRequests: world.requests() - requests, kinds, told: toldWithin(world.told, day) };
  } finally {
    await world.close();
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
function replay(peer: Peer, day: Measured): { requests: number; told: Told[][] } {
  const all = day.truth.map((_, person) => peer.person(day.deeds.filter((deed) => deed.person === person), day.from, day.to));
  return { requests: all.reduce((sum, each) => sum + each.requests, 0), told: all.map((each) => each.told) };
}

/** Of each ad-hoc change that made somebody busy at once: how long until the phone was told, ms. */
function adHocLags(day: Measured, told: readonly Told[][]): number[] {
  return day.deeds.flatMap(({ at, person, changesNow }) => {
    const begins = changesNow && at > day.from && at < day.to - minute && day.truth[person]?.some((each) => each.from === at);
    const word = begins ? told[person]?.find((each) => each.at >= at && each.isBusy) : undefined;
    return begins ? [(word?.at ?? day.to) - at] : [];
  });
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

export const figures: readonly Figure[] = [
  { id: 'calendar-to-phone', title: 'A working day: calendar to phone', isLong: true, run },
  { id: 'calendar-to-phone-many', title: 'The morning of 10,000 people: calendar to phone', isLong: true, run: async (context) => morning(context, context.isFull ? 10_000 : 100) },
];
