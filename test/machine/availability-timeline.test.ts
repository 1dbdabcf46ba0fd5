import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import type { Appointment, ShowAs } from '../../server/features/availability/rules/appointment.ts';
import { nearLook, wideLook } from '../../server/features/availability/calendar/look.ts';
import { judge } from '../../server/features/availability/evaluate.ts';
import { momentOf } from '../../server/features/availability/rules/moment.ts';
import { seedPolicy } from '../../server/features/availability/rules/policy.ts';
import type { PersonState } from '../../server/features/availability/rows.ts';
import type { Face } from '../../server/features/availability/rules/state.ts';
import { timeline, type Facts } from '../../server/features/availability/rules/timeline.ts';
import { oracle } from './availability-oracle.ts';

const minute = 60_000;
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
    manual: random() < 0.4 ? { availability: chosen, face: chosen, title: null, chosenAt: from + below(1_200) * minute, endsAt: random() < 0.4 ? from + below(1_600) * minute : null } : null,
    policy: {
      ...seedPolicy, winningWords: ['vacation'], losingWords: ['homeoffice'], exceptionOrganizers: ['hr@example.com'], outOfOffice: one(outputs),
      mapping: { busy: one(outputs), tentative: one(outputs), tentativeException: one(outputs), outOfOffice: one(outputs), workingElsewhere: one(outputs), noData: one(outputs) },
      rules: [...seedPolicy.rules, { id: 'birthday', when: { all: [{ isAllDay: true }, { subjectHas: ['birthday'] }] }, makes: 'ignore' }, { id: 'focus', when: { categoryIs: ['focus'] }, makes: 'doNotDisturb' }],
    },
  };
  return { facts, from, to, random };
}

describe('the timeline and an oracle that asks minute by minute', () => {
  it(`agree on state, rule and until, in ${calendars} random calendars`, function agree() {
    this.timeout(120_000);
    let changes = 0;
    for (let seed = 1; seed <= calendars; seed++) {
      const { facts, from, to, random } = calendarFrom(seed);
      const segments = timeline(facts, { from, to });
      const ask = oracle(facts);
      const told: string[] = [];
      for (let at = from; at < to; at += minute) told.push(ask(at));
      for (const segment of segments) {
        const { state, why } = segment;
        const expected = `${state.face} ${why.rule} ${why.eventId ?? '-'}`;
        const wrong = told.slice((segment.from - from) / minute, (segment.to - from) / minute).find((each) => each !== expected);
        assert.equal(wrong ?? expected, expected, `seed ${seed}, in the segment from ${new Date(segment.from).toISOString()}`);
      }
      const now = Math.floor(random() * told.length);
      const face = `${told[now]?.split(' ')[0]} `;
      const other = told.findIndex((each, index) => index > now && !each.startsWith(face));
      const until = other < 0 ? told.length : other;
      assert.equal(momentOf(segments, from + now * minute).until, until === told.length ? null : from + until * minute, `seed ${seed}: until`);
      changes += segments.length - 1;
    }
    assert.ok(changes > 2 * calendars, `only ${changes} changes: these calendars prove little`);
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
