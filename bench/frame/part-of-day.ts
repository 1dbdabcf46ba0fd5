import type { Told } from './availability-world.ts';
import type { Deed, recordedDay } from './recorded-day.ts';

/** A recorded day as far as it is measured. All that was done before is in `deeds` too; `truth` lies within. Instants epoch ms, UTC. */
export interface Measured {
  /** When the day began. */
  began: number;
  from: number;
  to: number;
  deeds: Deed[];
  truth: { from: number; to: number }[][];
}

/** What is measured of a day: from `from` until `to`, which lie in it. */
export function partOf(day: ReturnType<typeof recordedDay>, from: number, to: number): Measured {
  const truth = day.truth.map((busy) => busy.flatMap((each) => (each.from < to && each.to > from ? [{ from: Math.max(each.from, from), to: Math.min(each.to, to) }] : [])));
  return { began: day.from, from, to, deeds: day.deeds.filter(({ at }) => at < to), truth };
}

/** What lines say within that time: of what was told before only the last word counts. */
export function toldWithin(told: readonly Told[][], { from, to }: Pick<Measured, 'from' | 'to'>): Told[][] {
  return told.map((words) => {
    const last = words.findLast(({ at }) => at <= from);
    return [...(last ? [{ ...last, at: from }] : []), ...words.filter(({ at }) => at > from && at < to)];
  });
}
