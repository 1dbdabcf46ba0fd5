import type { Appointment, Stretch } from '../rules/appointment.ts';
import type { PersonPolicy } from '../deps.ts';
import type { Policy } from '../rules/policy.ts';
import type { State } from '../rules/state.ts';
import { timeline, type Facts, type Segment } from '../rules/timeline.ts';
import { bareState } from './outcome.ts';
import { untoldOf } from './judged.ts';
import { timesOf } from './read-calendar.ts';

type Side = Pick<State, 'availability' | 'face'> & { rule: string };

/** What another mapping makes of one person's calendar. Times epoch ms, UTC. */
export interface Comparison {
  /** Minutes by face. */
  before: Record<string, number>;
  after: Record<string, number>;
  changedMinutes: number;
  /** The longest first. */
  stretches: (Stretch & { before: Side; after: Side })[];
  /** Appointments of which the calendar does not tell what one of the rules asks for. */
  untold: number;
  appointments: number;
}

/** Stretches kept of one person: enough to see what the matter is. */
const most = 50;

/**
 * Runs the same calendar under two policies and lays the timelines over each other. Choices by hand, states chosen for meetings and automatic replies of that time are not
 * in it: of them nothing is kept, and no mapping changes them.
 */
export function compare(appointments: readonly Appointment[], policies: { before: PersonPolicy; after: PersonPolicy }, zones: { before: string; after: string }, window: Stretch): Comparison {
  const seenAfter = policies.after.calendarDetail === 'times' ? appointments.map(timesOf) : appointments;
  const run = (seen: readonly Appointment[], policy: Policy, zone: string): Segment[] => timeline({ zone, appointments: seen, riding: [], outOfOffice: null, manual: null, policy } satisfies Facts, window);
  const [before, after] = [run(appointments, policies.before, zones.before), run(seenAfter, policies.after, zones.after)];
  const stretches = differences(before, after);
  return {
    before: minutesByFace(before), after: minutesByFace(after),
    changedMinutes: stretches.reduce((sum, each) => sum + minutesOf(each), 0),
    stretches: stretches.toSorted((a, b) => minutesOf(b) - minutesOf(a)).slice(0, most),
    untold: seenAfter.filter((each) => untoldOf(each, policies.after, zones.after).length > 0).length,
    appointments: appointments.length,
  };
}

function differences(before: readonly Segment[], after: readonly Segment[]): Comparison['stretches'] {
  const found: Comparison['stretches'] = [];
  for (let a = 0, b = 0; ; ) {
    const [old, fresh] = [before[a], after[b]];
    if (!old || !fresh) return found;
    const [from, to] = [Math.max(old.from, fresh.from), Math.min(old.to, fresh.to)];
    if (old.state.availability !== fresh.state.availability || old.state.face !== fresh.state.face) found.push({ from, to, before: sideOf(old), after: sideOf(fresh) });
    if (old.to === to) a += 1;
    if (fresh.to === to) b += 1;
  }
}

function sideOf({ state, why }: Segment): Side {
  return { ...bareState(state), rule: why.rule };
}

function minutesByFace(segments: readonly Segment[]): Record<string, number> {
  const minutes: Record<string, number> = {};
  for (const segment of segments) minutes[segment.state.face] = (minutes[segment.state.face] ?? 0) + minutesOf(segment);
  return minutes;
}

function minutesOf({ from, to }: Stretch): number {
  return Math.round((to - from) / 60_000);
}
