import { randomNumbers } from './random.ts';

const minute = 60_000;

/** Something that a person does in a calendar. Instants epoch ms, UTC. */
export interface Deed {
  at: number;
  person: number;
  meeting: string;
  kind: 'put' | 'cancel';
  startsAt: number;
  endsAt: number;
  /** True when it makes somebody busy, or free, at this very moment. */
  changesNow: boolean;
}

/** A working day, the same on every machine: meetings that stand at its beginning, and 8 changes a person during it. `truth`: when each person was really busy. */
export function recordedDay(people: number): { from: number; to: number; deeds: Deed[]; truth: { from: number; to: number }[][] } {
  const from = Date.parse('2026-11-30T08:00:00+01:00');
  const to = from + 10 * 60 * minute;
  const random = randomNumbers(4711);
  const below = (count: number): number => Math.floor(random() * count);
  const deeds: Deed[] = [];
  const truth = Array.from({ length: people }, (_, person) => {
    const standing = new Map<string, { startsAt: number; endsAt: number }>();
    const log: Deed[] = [];
    const put = (at: number, meeting: string, startsAt: number): void => {
      const endsAt = startsAt + (15 + 15 * below(4)) * minute;
      log.push({ at, person, meeting, kind: 'put', startsAt, endsAt, changesNow: startsAt <= at && at < endsAt });
    };
    const start = (after: number): number => after + 15 * minute * below(Math.max(1, Math.floor((to - after) / (15 * minute))));
    for (let index = 0; index < 6; index++) put(from, `m${person}-${index}`, start(from));
    const times = Array.from({ length: 8 }, () => from + 1_000 * below((to - from) / 1_000)).toSorted((a, b) => a - b);
    times.forEach((at, index) => {
      const now = Math.floor(at / (15 * minute)) * 15 * minute;
      if (index % 4 === 0) put(at, `m${person}-new${index}`, now);
      else if (index % 4 === 1) put(at, `m${person}-${below(6)}`, start(at));
      else if (index % 4 === 2) put(at, `m${person}-new${index}`, start(at));
      else log.push({ at, person, meeting: `m${person}-${below(6)}`, kind: 'cancel', startsAt: 0, endsAt: 0, changesNow: false });
    });
    deeds.push(...log);
    return busyTimes(log, standing, from, to);
  });
  return { from, to, deeds: deeds.toSorted((a, b) => a.at - b.at || a.person - b.person), truth };
}

/** When somebody is busy, as the calendar stood at each moment. */
function busyTimes(log: readonly Deed[], standing: Map<string, { startsAt: number; endsAt: number }>, from: number, to: number): { from: number; to: number }[] {
  const busy: { from: number; to: number }[] = [];
  const moments = [...log.map((deed) => deed.at), to];
  log.forEach((deed, index) => {
    if (deed.kind === 'cancel') standing.delete(deed.meeting);
    else standing.set(deed.meeting, deed);
    const [since, until] = [deed.at, moments[index + 1] ?? to];
    for (const { startsAt, endsAt } of standing.values()) {
      const [a, b] = [Math.max(startsAt, since, from), Math.min(endsAt, until, to)];
      if (a < b) busy.push({ from: a, to: b });
    }
  });
  const merged: { from: number; to: number }[] = [];
  for (const each of busy.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && each.from <= last.to) last.to = Math.max(last.to, each.to);
    else merged.push({ ...each });
  }
  return merged;
}
