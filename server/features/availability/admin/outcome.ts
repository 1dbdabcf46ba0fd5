import type { HearsView, OutcomeView } from '../../../../contract/availability/admin.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';
import type { OwnedLine, PersonPolicy } from '../deps.ts';
import { chosenGreeting } from '../greeting/chosen.ts';
import { momentOf, type Moment } from '../rules/moment.ts';
import type { Why } from '../rules/sources.ts';
import type { State } from '../rules/state.ts';
import { timeline, type Facts } from '../rules/timeline.ts';
import { wideLook } from '../calendar/look.ts';
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

/** Whose phones these are: their name, their lines, which of these follow them, and the phone systems that play greetings. */
export interface Called {
  name: string;
  lines: readonly OwnedLine[];
  drives: (line: OwnedLine) => boolean;
  greetings: readonly GreetingStore[];
  /** In which callers of that phone system hear times (IANA). */
  zoneOn: (pbx: string, policy: PersonPolicy) => string;
}

/** What the box of a line plays at that instant: the very choice that is made for a caller. */
function hearsAt(pbx: string, moment: Moment, at: number, policy: PersonPolicy, { name, greetings, zoneOn }: Called): HearsView {
  const own = { kind: 'own', text: null, sound: null, lacksVoice: false } as const;
  const store = greetings.find((each) => each.instance === pbx);
  if (!store) return own;
  const chosen = chosenGreeting({ ...moment, timeZone: zoneOn(pbx, policy) }, name, policy, store.languages[0] ?? '', store, at);
  if (chosen.kind === 'prompt') return { ...own, kind: 'prompt', sound: chosen.sound };
  if (chosen.kind === 'own') return own;
  return store.hasVoice && !store.voiceFails() ? { ...own, kind: 'spoken', text: chosen.text } : { ...own, lacksVoice: true };
}

/** What a call at an instant meets, and why. The timeline that drives the phone, asked about another instant. */
export function outcomeAt(facts: Facts & { policy: PersonPolicy }, at: number, called: Called): OutcomeView {
  const moment = momentOf(timeline(facts, wideLook(at)), at);
  const here = facts.appointments.flatMap((appointment) => judged(appointment, facts.policy, facts.zone) ?? []).filter(({ from, to }) => from <= at && at < to);
  return {
    state: bareState(moment.state), why: bareWhy(moment.why), since: iso(moment.since),
    until: moment.until === null ? null : iso(moment.until), next: moment.next && bareState(moment.next),
    phones: called.lines.map((line) => {
      const { pbx, extension } = line;
      return called.drives(line) ? { pbx, extension, does: doesWithCalls(moment.state), hears: hearsAt(pbx, moment, at, facts.policy, called) } : { pbx, extension, does: 'another', hears: null };
    }),
    appointments: here.map(({ from, to, ...rest }) => ({ from: iso(from), to: iso(to), ...rest })).toSorted((a, b) => a.from.localeCompare(b.from)),
  };
}
