import type { Appointment, ShowAs, Stretch } from '../server/features/availability/rules/appointment.ts';
import { nearLook, wideLook } from '../server/features/availability/calendar/look.ts';
import { momentOf, type Moment } from '../server/features/availability/rules/moment.ts';
import { availabilitySettings } from '../contract/availability/availability.ts';
import type { PersonState } from '../server/features/availability/rows.ts';
import { timeline, type Facts } from '../server/features/availability/rules/timeline.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { pick, randomNumbers } from './frame/random.ts';
import { cpuSeconds, median } from './frame/statistics.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A Monday, 0:00 in Berlin. */
const monday = Date.parse('2026-11-30T00:00:00+01:00');
/** What is shown of a meeting; a tentative one is ignored by the seed's mapping, a free one always. */
const shown: readonly [ShowAs, ...ShowAs[]] = ['busy', 'busy', 'busy', 'busy', 'tentative', 'free'];

interface Question {
  facts: Facts;
  at: number;
}

/** Appointments of a week, on quarter hours from Monday to Friday. */
function calendar(random: () => number, size: number): Appointment[] {
  return Array.from({ length: size }, (_, number) => {
    const startsAt = monday + Math.floor(random() * 5) * day + (7 * 4 + Math.floor(random() * 44)) * 15 * minute;
    return {
      id: `e${number}`, seriesKey: `s${number}`, originalStart: startsAt, startsAt, endsAt: startsAt + pick(random, [15, 30, 30, 60, 60]) * minute, days: null, showAs: pick(random, shown),
      subject: 'Budget', location: null, categories: [], organizer: 'anna@example.com', attendees: 0, response: 'organizer', isPrivate: false, isCancelled: false,
    };
  });
}

function questions(size: number, people: number): Question[] {
  const random = randomNumbers(size);
  return Array.from({ length: people }, () => ({
    facts: { zone: 'Europe/Berlin', appointments: calendar(random, size), riding: [], outOfOffice: null, manual: null, policy: availabilitySettings.standard },
    at: monday + Math.floor(random() * 5) * day + Math.floor(random() * 24 * 60) * minute,
  }));
}

/** What somebody is, until when and why, from all that is near in their calendar. */
function judge({ facts, at }: Question): Moment {
  return momentOf(timeline(facts, wideLook(at)), at);
}

/** As the work does it for somebody who was looked at an hour ago: only what the near look reaches is read. */
function nearQuestion({ facts, at }: Question): { question: Question; look: Stretch } {
  const look = nearLook({ lookedAt: at - 60 * minute, manual: null } as PersonState, at) ?? wideLook(at);
  return { look, question: { at, facts: { ...facts, appointments: facts.appointments.filter((each) => each.startsAt < look.to && each.endsAt > look.from) } } };
}

/** How many timelines one processor judges in a second, by the size of the calendar; no database, no phone. */
async function run(context: BenchContext): Promise<Result[]> {
  const runs = context.isFull ? 15 : 5;
  const sizes = [10, 50, 500, 5_000];
  const rows = sizes.map((size): Result => {
    const asked = questions(size, Math.max(4, Math.ceil((context.isFull ? 100_000 : 20_000) / size)));
    for (const each of asked) mustBeRight(each, judge(each));
    return row(`whole week of ${size} appointments`, median(Array.from({ length: runs }, () => perSecond(asked, judge))), runs);
  });
  const near = questions(50, 2_000).map(nearQuestion);
  for (const { question, look } of near) mustBeRight(question, momentOf(timeline(question.facts, look), question.at), look.to);
  rows.push(row('near look at 50 appointments', median(Array.from({ length: runs }, () => perSecond(near, ({ question, look }) => momentOf(timeline(question.facts, look), question.at)))), runs));
  context.note(`State, reason, until and next of one person at one instant, evaluations per CPU second; median of ${runs} passes. The near look is what a boundary costs somebody who was looked at before: an hour back and four ahead.`);
  return rows;
}

function perSecond<T>(asked: readonly T[], work: (each: T) => unknown): number {
  const before = cpuSeconds();
  for (const each of asked) work(each);
  return asked.length / (cpuSeconds() - before);
}

function row(metric: string, ours: number, runs: number): Result {
  return { metric, unit: '1/s', ours, peer: null, peerName: null, better: 'higher', runs };
}

/** Told a second time and in other words: busy while a busy meeting goes on, else available until the next one. */
function mustBeRight({ facts, at }: Question, { state, until }: Moment, reach = Infinity): void {
  const busy = facts.appointments.filter((each) => each.showAs === 'busy');
  const isBusy = busy.some((each) => each.startsAt <= at && at < each.endsAt);
  const starts = busy.filter((each) => each.startsAt > at && each.startsAt < reach).map((each) => each.startsAt);
  const next = starts.length === 0 ? null : Math.min(...starts);
  if ((state.availability === 'busy') !== isBusy) throw new Error(`judged ${state.face} at ${at}`);
  if (!isBusy && until !== next) throw new Error(`available until ${until} instead of ${next}`);
}

export const figures: readonly Figure[] = [{ id: 'timeline-evaluations', title: 'Timelines judged per second', run }];
