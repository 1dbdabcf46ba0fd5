import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import type { Appointment, ShowAs } from '../../server/features/availability/rules/appointment.ts';
import { nearLook, wideLook } from '../../server/features/availability/calendar/look.ts';
import { judge } from '../../server/features/availability/evaluate.ts';
import { momentOf } from '../../server/features/availability/rules/moment.ts';
import { availabilitySettings } from '../../contract/availability/availability.ts';
import type { PersonState } from '../../server/features/availability/rows.ts';
import type { Face } from '../../server/features/availability/rules/state.ts';
import { timeline, type Facts, type Segment } from '../../server/features/availability/rules/timeline.ts';
import { oracle, type Told } from './availability-oracle.ts';

const minute = 60_000;
const secret = 'Doctor';
const calendars = 10_000;

/** Numbers that are the same on every machine (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Days on which clocks are changed, in both directions and at midnight, and quiet ones. */
const days = [
  ['Europe/Berlin', '2026-10-25'], ['Europe/Berlin', '2026-03-29'], ['America/New_York', '2026-11-01'], ['America/Santiago', '2026-09-06'],
  ['Asia/Kolkata', '2026-11-28'], ['Australia/Lord_Howe', '2026-10-04'], ['Pacific/Apia', '2026-11-28'], ['UTC', '2026-11-28'],
] as const;

function calendarFrom(seed: number): { facts: Facts; from: number; to: number; random: () => number } {
  const random = randomFrom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const [zone, date] = one(days);
  const midnight = DateTime.fromISO(`${date}T12:00`, { zone }).startOf('day');
  const from = midnight.toMillis();
  const to = midnight.plus({ days: 1 }).startOf('day').toMillis();
  const day = (shift: number): string => DateTime.fromISO(date).plus({ days: shift }).toISODate() ?? '';

  const appointments: Appointment[] = Array.from({ length: 2 + below(9) }, (_, number) => {
    const startsAt = from + (below(30) * 60 - 180 + (random() < 0.3 ? below(60) : 0)) * minute;
    const first = below(3) - 1;
    return {
      id: `e${number}`, seriesKey: `s${below(4)}`, originalStart: startsAt, startsAt,
      endsAt: startsAt + one([15, 30, 30, 60, 60, 60, 240, 1_500, 0, -30]) * minute,
      days: random() < 0.2 ? { first: day(first), afterLast: day(first + one([1, 1, 2, 0])) } : null,
      showAs: one<ShowAs>(['busy', 'busy', 'busy', 'tentative', 'tentative', 'outOfOffice', 'workingElsewhere', 'free', null]),
      subject: one([null, 'Budget', 'Vacation', 'Homeoffice', 'Vacation homeoffice', 'Birthday', 'Weekly']),
      location: null, categories: random() < 0.15 ? ['Focus'] : random() < 0.1 ? null : [],
      organizer: one(['hr@example.com', 'anna@example.com', null]), attendees: one([0, 1, 5, null]),
      response: one(['organizer', 'organizer', 'accepted', 'tentative', 'declined', 'none', null]),
      isPrivate: false, isCancelled: random() < 0.08,
    };
  });
  // The title of a private one never comes as far as the rules; should it ever, they keep it.
  for (const each of appointments) if (random() < 0.15) Object.assign(each, { isPrivate: true, subject: one([null, secret]) });
  const states: Face[] = ['available', 'away', 'busy', 'doNotDisturb'];
  const availability = (): 'available' | 'away' | 'busy' | 'doNotDisturb' => one(states) as 'busy';
  const chosen = availability();
  const outputs = ['available', 'away', 'busy', 'doNotDisturb', 'ignore'] as const;
  const facts: Facts = {
    zone, appointments,
    riding: appointments.filter(() => random() < 0.15).map((each) => {
      const state = availability();
      return { seriesKey: each.seriesKey, originalStart: random() < 0.5 ? each.originalStart : null, availability: state, face: state };
    }),
    outOfOffice: random() < 0.2 ? { from: from + (below(1_440) - 300) * minute, to: random() < 0.2 ? Infinity : from + below(1_600) * minute } : null,
    manual: random() < 0.4 ? { availability: chosen, ...(random() < 0.2 ? { face: 'custom', title: 'At the fair' } : { face: chosen, title: null }), chosenAt: from + below(1_200) * minute, endsAt: random() < 0.4 ? from + below(1_600) * minute : null } : null,
    policy: {
      ...availabilitySettings.standard, winningWords: ['vacation'], losingWords: ['homeoffice'], exceptionOrganizers: ['hr@example.com'], outOfOffice: one(outputs), showsSubject: random() < 0.5,
      mapping: { busy: one(outputs), tentative: one(outputs), tentativeException: one(outputs), outOfOffice: one(outputs), workingElsewhere: one(outputs), noData: one(outputs) },
      rules: [...availabilitySettings.standard.rules, { id: 'birthday', when: { all: [{ isAllDay: true }, { subjectHas: ['birthday'] }] }, makes: 'ignore' }, { id: 'focus', when: { categoryIs: ['focus'] }, makes: 'doNotDisturb' }],
    },
  };
  return { facts, from, to, random };
}

/** In the oracle's words. */
function saidOf({ state: { face, title }, why }: Pick<Segment, 'state' | 'why'>): Told {
  return { is: title === null ? face : `${face} “${title}”`, why: `${why.rule} of ${why.eventId ?? 'nothing'}` };
}

describe('the timeline and an oracle that asks minute by minute', () => {
  it(`agree on state, title, rule, event, since, until, what comes next and when to look again, in ${calendars} random calendars`, function agree() {
    this.timeout(120_000);
    let [changes, privates] = [0, 0];
    for (let seed = 1; seed <= calendars; seed++) {
      const { facts, from, to, random } = calendarFrom(seed);
      const segments = timeline(facts, { from, to });
      const ask = oracle(facts);
      const told: Told[] = [];
      for (let at = from; at < to; at += minute) told.push(ask(at));
      for (const segment of segments) {
        const expected = saidOf(segment);
        const wrong = told.slice((segment.from - from) / minute, (segment.to - from) / minute).find((each) => each.is !== expected.is || each.why !== expected.why);
        assert.deepEqual(wrong ?? expected, expected, `seed ${seed}, in the segment from ${new Date(segment.from).toISOString()}`);
      }
      const now = Math.floor(random() * told.length);
      const here = told[now] ?? assert.fail();
      const instant = (minutes: number): number | null => (minutes < 0 ? null : from + minutes * minute);
      const ends = told.findIndex((each, index) => index > now && each.is !== here.is);
      const moment = momentOf(segments, from + now * minute);
      assert.deepEqual([moment.until, moment.next && saidOf({ state: moment.next, why: moment.why }).is], [instant(ends), ends < 0 ? null : told[ends]?.is], `seed ${seed}: until, and then`);
      assert.equal(moment.since, instant(told.findLastIndex((each, index) => index < now && each.is !== here.is) + 1), `seed ${seed}: since`);
      assert.equal(moment.changesAt, instant(told.findIndex((each, index) => index > now && (each.is !== here.is || each.why !== here.why))), `seed ${seed}: when to look again`);
      assert.ok(!JSON.stringify(segments).includes(secret), `seed ${seed}: a private title`);
      changes += segments.length - 1;
      privates += facts.policy.showsSubject && facts.appointments.some(({ subject, id }) => subject === secret && segments.some(({ why }) => why.eventId === id)) ? 1 : 0;
    }
    assert.ok(changes > 2 * calendars && privates > calendars / 40, `only ${changes} changes, and ${privates} calendars in which a private title could have been seen: they prove little`);
  });

  it('say the same by the near look, where it shows an end, as by the wide one; and of what comes next as whoever looks then', function agree() {
    this.timeout(120_000);
    let [told, prepared] = [0, 0];
    for (let seed = 1; seed <= calendars / 5; seed++) {
      const { facts, from, random } = calendarFrom(seed);
      const now = from + Math.floor(random() * 1_200) * minute;
      const lookedAt = now - Math.floor(random() * 700) * minute;
      const before = { lookedAt, manual: facts.manual } as PersonState;
      const look = nearLook(before, now);
      if (!look) continue;
      // What the database gives for it (event-rows.ts).
      const touching = facts.appointments.filter(({ startsAt, endsAt, days: allDay }) => (endsAt > look.from && startsAt < look.to) || allDay);
      const { moment: near, coming } = judge(timeline({ ...facts, appointments: touching }, look), now);
      if (near.until === null) continue;
      if (coming && near.changesAt !== null) {
        prepared += 1;
        // Whoever looks at that second, without a choice by hand that has ended before.
        const manual = facts.manual && facts.manual.chosenAt <= now && near.why.source !== 'manual' ? null : facts.manual;
        const then = momentOf(timeline({ ...facts, manual }, wideLook(near.changesAt)), near.changesAt);
        assert.deepEqual({ ...coming, since: null }, { ...then, since: null }, `seed ${seed}, what comes next`);
      }
      told += 1;
      const wide = momentOf(timeline(facts, wideLook(now)), now);
      assert.deepEqual({ ...near, since: Math.max(near.since, lookedAt) }, { ...wide, since: Math.max(wide.since, lookedAt) }, `seed ${seed}`);
    }
    assert.ok(told > calendars / 50 && prepared > calendars / 100, `the near look told only ${told} times, and what comes next ${prepared} times`);
  });
});
