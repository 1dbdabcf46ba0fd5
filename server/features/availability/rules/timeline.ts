import type { Appointment, Stretch } from './appointment.ts';
import { placed } from './appointment.ts';
import { classify, effective, type Effective } from './classify.ts';
import { cut, paint } from './paint.ts';
import type { Policy } from './policy.ts';
import type { ManualChoice, OutOfOffice, RidingState, Why } from './sources.ts';
import { strengths, type State } from './state.ts';

/** All that decides what a person is. Nothing else does: same facts, same timeline. */
export interface Facts {
  /** IANA zone of the mailbox: where its all-day events lie. */
  zone: string;
  appointments: readonly Appointment[];
  riding: readonly RidingState[];
  outOfOffice: OutOfOffice | null;
  manual: ManualChoice | null;
  policy: Policy;
}

/** A stretch of time in which a person is one thing for one reason. */
export interface Segment extends Stretch {
  state: State;
  why: Why;
}

interface Layer extends Stretch {
  state: State;
  why: Why;
}

const otherwise: Omit<Layer, keyof Stretch> = {
  state: { availability: 'available', face: 'available', title: null },
  why: { source: 'default', rule: 'nothing-else', eventId: null },
};

/** What a person is over a window, without gaps; neighbours differ in state or reason. The strongest source wins, from the top: by hand, chosen for the meeting, automatic replies, calendar. */
export function timeline(facts: Facts, window: Stretch): Segment[] {
  const calendar = effective(facts.appointments, facts.policy, facts.zone);
  const riding = ridingLayers(facts);
  const layers: readonly Layer[][] = [
    manualLayer(facts.manual, [...calendar, ...riding]),
    riding,
    outOfOfficeLayer(facts),
    calendar.map((each) => calendarLayer(each, facts.policy)),
  ];
  const pieces = cut(window, layers.flat());
  const painted = layers.map((layer) => paint(pieces, layer));
  const segments: Segment[] = [];
  for (let piece = 0; piece + 1 < pieces.edges.length; piece++) {
    const [from, to] = [pieces.edges[piece] ?? window.from, pieces.edges[piece + 1] ?? window.to];
    const { state, why } = painted.map((layer) => layer[piece]).find((each) => each !== undefined) ?? otherwise;
    const before = segments.at(-1);
    if (before && isSame(before.state, state) && isSameWhy(before.why, why)) before.to = to;
    else segments.push({ from, to, state, why });
  }
  return segments;
}

/** Ends with its time, or when the next appointment that counts starts; do not disturb is not weakened by an appointment. */
function manualLayer(manual: ManualChoice | null, counting: readonly Stretch[]): Layer[] {
  if (!manual) return [];
  const state = { availability: manual.availability, face: manual.face, title: manual.title };
  const layer = (to: number, rule: 'until-time' | 'until-next-appointment' | 'until-ended'): Layer[] => [{ from: manual.chosenAt, to, state, why: { source: 'manual', rule, eventId: null } }];
  if (manual.endsAt !== null) return layer(manual.endsAt, 'until-time');
  if (manual.availability === 'doNotDisturb') return layer(Infinity, 'until-ended');
  // A choice at the second at which a meeting starts is a choice about that meeting.
  const next = Math.min(Infinity, ...counting.map((each) => each.from).filter((start) => start > manual.chosenAt));
  return layer(next, 'until-next-appointment');
}

/** Of several at once the strongest wins, then the later start, then the id. A meeting that does not take place, or without this person, brings nothing. */
function ridingLayers({ appointments, riding, zone }: Facts): Layer[] {
  if (riding.length === 0) return [];
  return appointments
    .flatMap((appointment) => {
      const chosen = riding.find((each) => each.seriesKey === appointment.seriesKey && each.originalStart === appointment.originalStart) ?? riding.find((each) => each.seriesKey === appointment.seriesKey && each.originalStart === null);
      const stretch = placed(appointment, zone);
      if (!chosen || !stretch || appointment.isCancelled || appointment.response === 'declined') return [];
      const state: State = { availability: chosen.availability, face: chosen.face, title: null };
      return { ...stretch, state, why: { source: 'meeting', rule: 'chosen-for-meeting', eventId: appointment.id } as const };
    })
    .toSorted((a, b) => strengths[b.state.availability] - strengths[a.state.availability] || b.from - a.from || (a.why.eventId < b.why.eventId ? -1 : 1));
}

function outOfOfficeLayer({ outOfOffice, policy }: Facts): Layer[] {
  if (!outOfOffice || policy.outOfOffice === 'ignore') return [];
  const face = policy.outOfOffice === 'away' ? 'outOfOffice' : policy.outOfOffice;
  return [{ ...outOfOffice, state: { availability: policy.outOfOffice, face, title: null }, why: { source: 'outOfOffice', rule: 'automatic-replies', eventId: null } }];
}

function calendarLayer({ appointment, state, input, ruleId, from, to }: Effective, { showsSubject }: Policy): Layer {
  // Mapped to available it is "handled as free but shown with its title" (A152), unless titles are not to be seen.
  const title = showsSubject && !appointment.isPrivate ? appointment.subject : null;
  return { from, to, state: { availability: state, face: faceOf({ appointment, state, input }), title }, why: { source: 'calendar', rule: ruleId ?? input ?? 'noData', eventId: appointment.id } };
}

function faceOf({ appointment, state, input }: Pick<Effective, 'appointment' | 'state' | 'input'>): State['face'] {
  if (state === 'busy') return (appointment.attendees ?? 0) > 0 ? 'meeting' : 'busy';
  return state === 'away' && (input === 'outOfOffice' || appointment.showAs === 'outOfOffice') ? 'outOfOffice' : state;
}

export function isSame(a: State, b: State): boolean {
  return a.availability === b.availability && a.face === b.face && a.title === b.title;
}

function isSameWhy(a: Why, b: Why): boolean {
  return a.source === b.source && a.rule === b.rule && a.eventId === b.eventId;
}

/** Why an appointment says nothing about its owner, for the administrator's timeline: `free`, the rule's name, or the input that is mapped to `ignore`. Null when it does count. */
export function whyIgnored(appointment: Appointment, policy: Policy, zone: string): string | null {
  if (!placed(appointment, zone)) return 'no-length';
  const { output, input, ruleId } = classify(appointment, policy, zone);
  if (output === 'free') return 'free';
  return output === 'ignore' ? (ruleId ?? input) : null;
}
