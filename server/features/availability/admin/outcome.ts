import type { OutcomeView } from '../../../../contract/availability-admin.ts';
import type { OwnedLine } from '../deps.ts';
import { momentOf } from '../moment.ts';
import type { Why } from '../sources.ts';
import type { State } from '../state.ts';
import { timeline, type Facts } from '../timeline.ts';
import { ahead, behind } from '../horizon.ts';
import { judged } from './judged.ts';

export const iso = (instant: number): string => new Date(instant).toISOString();

/** As others than the person may see it: no title. */
export const bareState = ({ availability, face }: State): Pick<State, 'availability' | 'face'> => ({ availability, face });
/** No id of an event. */
export const bareWhy = ({ source, rule }: Why): { source: Why['source']; rule: string } => ({ source, rule });

/**
 * What `pbx/asterisk/routing.conf` does as it is delivered: do not disturb and long absences (`xa`) go to voicemail, everything else rings.
 * The same three lines decide in the dialplan; there, global variables may say otherwise.
 */
export function doesWithCalls({ availability, face }: Pick<State, 'availability' | 'face'>): 'ring' | 'voicemail' {
  return availability === 'doNotDisturb' || face === 'outOfOffice' || face === 'vacation' ? 'voicemail' : 'ring';
}

/** What a call at an instant meets, and why. Pure: the timeline that drives the phone, asked about another instant. */
export function outcomeAt(facts: Facts, at: number, lines: readonly OwnedLine[]): OutcomeView {
  const moment = momentOf(timeline(facts, { from: at - behind, to: at + ahead }), at);
  const here = facts.appointments.flatMap((appointment) => judged(appointment, facts.policy, facts.zone) ?? []).filter(({ from, to }) => from <= at && at < to);
  return {
    state: bareState(moment.state), why: bareWhy(moment.why), since: iso(moment.since),
    until: moment.until === null ? null : iso(moment.until), next: moment.next && bareState(moment.next),
    phones: lines.map(({ pbx, extension }) => ({ pbx, extension, does: doesWithCalls(moment.state) })),
    appointments: here.map(({ from, to, ...rest }) => ({ from: iso(from), to: iso(to), ...rest })).toSorted((a, b) => a.from.localeCompare(b.from)),
  };
}
