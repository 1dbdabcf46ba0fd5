import { isSame, type Segment } from './timeline.ts';
import type { Why } from './sources.ts';
import type { State } from './state.ts';

/** What somebody is at one instant, until when, what comes then, and why (A155). Instants epoch ms, UTC. */
export interface Moment {
  state: State;
  why: Why;
  /** Since when they are this, as far as the window reaches back. */
  since: number;
  /** When they become something else; null when nothing in sight changes it. Meetings back to back are one. */
  until: number | null;
  /** What they are then. */
  next: State | null;
  /** When state or reason changes: the one instant at which somebody must look again. */
  changesAt: number | null;
}

/** Reads a timeline at an instant inside its window. Throws RangeError outside of it. */
export function momentOf(segments: readonly Segment[], now: number): Moment {
  const index = segments.findIndex((each) => each.from <= now && now < each.to);
  const here = segments[index];
  if (!here) throw new RangeError('the timeline does not reach this instant');
  let first = index;
  while (first > 0 && isSameAt(segments, first - 1, here.state)) first -= 1;
  let last = index;
  while (isSameAt(segments, last + 1, here.state)) last += 1;
  const following = segments[last + 1];
  return {
    state: here.state,
    why: here.why,
    since: segments[first]?.from ?? here.from,
    until: following?.from ?? null,
    next: following?.state ?? null,
    changesAt: segments[index + 1]?.from ?? null,
  };
}

function isSameAt(segments: readonly Segment[], index: number, state: State): boolean {
  const segment = segments[index];
  return segment !== undefined && isSame(segment.state, state);
}
