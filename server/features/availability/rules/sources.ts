import type { Stretch } from './appointment.ts';
import type { Availability, Face } from './state.ts';

/** What a person chose by hand: in a pane, on the web, or with the do-not-disturb key of the phone. Outranks everything (design §8). */
export interface ManualChoice {
  availability: Availability;
  face: Face;
  title: string | null;
  /** Epoch ms, UTC. */
  chosenAt: number;
  /** Until when, epoch ms, UTC; null: until the next appointment starts (A128), and do not disturb until the person ends it. */
  endsAt: number | null;
}

/** A state that somebody chose for one meeting (A020): it begins, moves and goes with it. */
export interface RidingState {
  seriesKey: string;
  /** Which occurrence, epoch ms, UTC; null for all of the series. */
  originalStart: number | null;
  availability: Availability;
  face: Face;
}

/** Automatic replies, as far as they are known. `to` is Infinity while nobody said when they end. */
export type OutOfOffice = Stretch;

/** Why somebody is what they are: the source, the rule by its name, and the event by its id; never a subject (P10). */
export type Why =
  | { source: 'manual'; rule: 'until-time' | 'until-next-appointment' | 'until-ended'; eventId: null }
  | { source: 'meeting'; rule: 'chosen-for-meeting'; eventId: string }
  | { source: 'outOfOffice'; rule: 'automatic-replies'; eventId: null }
  /** `rule`: the name of a further condition, or the input of the mapping. */
  | { source: 'calendar'; rule: string; eventId: string }
  | { source: 'default'; rule: 'nothing-else'; eventId: null };
