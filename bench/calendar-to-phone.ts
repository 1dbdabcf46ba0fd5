import type { createMemoryCalendar } from '../server/connectors/memory/index.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openAvailabilityWorld, type Told } from './frame/availability-world.ts';
import { recordedDay, type Deed } from './frame/recorded-day.ts';
import { percentile } from './frame/statistics.ts';
import { pollingPeer, type Peer } from './frame/presence-peers.ts';

const minute = 60_000;

/**
 * A working day of many people in virtual time: the feature, the watch over calendars and PostgreSQL are the real ones, the calendar is the reference
 * connector, which counts what it is asked; a phone system that only remembers when it was told what.
 */
async function run(context: BenchContext): Promise<Result[]> {
  const count = Number(process.env['TIELINE_BENCH_PEOPLE'] ?? (context.isFull ? 300 : 40));
  const day = recordedDay(count);
  const ours = await live(day.deeds, day.from, day.to, count);
  const peers = [pollingPeer('mattermost-plugin-mscalendar, replayed rule', 5 * minute, 10 * minute), pollingPeer('Asterisk res_calendar_ews, replayed rule', 15 * minute, 0)];
  const hours = (day.to - day.from) / 3_600_000;
  const meetings = day.truth.flatMap((each) => each).length;
  const perHour = (requests: number): number => requests / count / hours;
  const rows: Result[] = [];
  for (const peer of peers) {
    const theirs = replay(peer, day);
    rows.push(
      { metric: `requests per user and hour (${peer.short})`, unit: '1', ours: perHour(ours.requests), peer: perHour(theirs.requests), peerName: peer.name, better: 'lower', runs: 1 },
      { metric: `wrong per meeting, mean (${peer.short})`, unit: 's', ours: wrongSeconds(day.truth, ours.told) / meetings, peer: wrongSeconds(day.truth, theirs.told) / meetings, peerName: peer.name, better: 'lower', runs: 1 },
    );
  }
  const alone = (metric: string, unit: string, value: number, runs = 1): Result => ({ metric, unit, ours: value, peer: null, peerName: null, better: 'lower', runs });
  const lags = adHocLags(day, ours.told);
  rows.push(
    alone('ad-hoc change of a calendar to the phone, p99', 's', percentile(lags, 0.99) / 1000, lags.length),
    alone('requests per user at the first start', '1', ours.startRequests / count),
  );
  const few = context.isFull ? 100 : 20;
  const dark = recordedDay(few);
  const untold = await live(dark.deeds, dark.from, dark.to, few, true);
  rows.push(
    alone('all notices lost: requests per user and hour', '1', untold.requests / few / hours),
    alone('all notices lost: wrong per meeting, mean', 's', wrongSeconds(dark.truth, untold.told) / dark.truth.flatMap((each) => each).length),
  );
  if (perHour(ours.requests) > 12 || lags.some((lag) => lag > 60_000)) throw new Error('a phone did not follow its calendar');
  context.note(`${count} people, 8 to 9 meetings each between 8:00 and 18:00, 8 changes during the day each (new, moved, cancelled), one every ${((hours * 3600) / (count * 8)).toFixed(1)} s; notices arrive at once, and a cancelled meeting brings two. The server runs since the evening before. Requests: lists of changes by pages of 50, sweeps, subscriptions and their renewal, and automatic replies, which are one request for up to 650 people every five minutes (${((12 * Math.ceil(count / 650)) / count).toFixed(3)} per user and hour of it). The clock is virtual: of what machine and network take, nothing is in the seconds; that notices are gathered for a second and that a line is told at most once a second, is.`);
  return rows;
}

/** The evening before: a server that runs already is measured, not its first start. */
const settledBefore = 14 * 60 * minute;

interface Lived {
  /** Requests of the working day, and of the start with the evening before it. */
  requests: number;
  startRequests: number;
  told: Told[][];
}

async function live(deeds: readonly Deed[], from: number, to: number, count: number, losesNotices = false): Promise<Lived> {
  const world = await openAvailabilityWorld(count, from - settledBefore);
  try {
    const ids = new Map<string, string>();
    // What stands in the calendar when the day begins was written before.
    const standing = deeds.filter((deed) => deed.at === from);
    for (const deed of standing) perform(deed, world.memory, ids);
    await world.runTo(from);
    const startRequests = world.requests();
    if (losesNotices) world.loseNotices();
    for (const deed of deeds.slice(standing.length)) {
      await world.runTo(deed.at);
      perform(deed, world.memory, ids);
      // A notice is on its way for a moment.
      world.clock.advance(1);
    }
    await world.runTo(to);
    return { requests: world.requests() - startRequests, startRequests, told: world.told };
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
function replay(peer: Peer, day: ReturnType<typeof recordedDay>): { requests: number; told: Told[][] } {
  const all = day.truth.map((_, person) => peer.person(day.deeds.filter((deed) => deed.person === person), day.from, day.to));
  return { requests: all.reduce((sum, each) => sum + each.requests, 0), told: all.map((each) => each.told) };
}

/** Of each ad-hoc change that made somebody busy at once: how long until the phone was told, ms. */
function adHocLags(day: ReturnType<typeof recordedDay>, told: readonly Told[][]): number[] {
  return day.deeds.flatMap(({ at, person, changesNow }) => {
    const begins = changesNow && at > day.from && day.truth[person]?.some((each) => each.from === at);
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

export const figures: readonly Figure[] = [{ id: 'calendar-to-phone', title: 'A working day: calendar to phone', isLong: true, run }];
