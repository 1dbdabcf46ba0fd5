import { createHash } from 'node:crypto';
import { greetingLanguages, greetingText } from '../../../../words/greeting.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';
import type { PersonPolicy } from '../deps.ts';
import type { PersonState } from '../rows.ts';

/** What a caller hears before the box takes the call: the person's own recording, a prompt that somebody recorded, or a text that a voice speaks. */
export type ChosenGreeting =
  | { kind: 'own' }
  | { kind: 'prompt'; sound: string }
  | { kind: 'spoken'; text: string; language: string; name: string };

const promptShape = /^prompt:(.+)$/;

/**
 * Which greeting plays for somebody who is this, to a caller of this language. From face and end alone, so that no title can be in it. Pure.
 * An end is said only where somebody can be reached then: whoever is told "until 12:00" calls at 12:00.
 * `timeZone` (IANA): of the time until when. `name` is a digest of text and language: a text of yesterday has another name, so that a file that was not made in time is missing and never wrong.
 */
export function chosenGreeting({ state, until, next, timeZone }: Pick<PersonState, 'state' | 'until' | 'next'> & { timeZone: string }, person: string, policy: Pick<PersonPolicy, 'greetings'>, callersLanguage: string, store: Pick<GreetingStore, 'languages'>, now: number): ChosenGreeting {
  const wish = state.face === 'available' ? 'own' : policy.greetings[state.face];
  const sound = promptShape.exec(wish)?.[1];
  if (sound !== undefined) return { kind: 'prompt', sound };
  if (wish !== 'spoken') return { kind: 'own' };
  const language = spokenLanguage(callersLanguage, store);
  const back = next === null || next.availability === 'available' ? until : null;
  const text = greetingText({ name: person, face: state.face, until: back }, now, { language, timeZone });
  return { kind: 'spoken', text, language, name: `${language}-${createHash('sha256').update(`${language}\n${text}`).digest('hex').slice(0, 32)}` };
}

/** The caller's language where greetings are made in it, else the first that they are made in. */
function spokenLanguage(callers: string, { languages }: Pick<GreetingStore, 'languages'>): string {
  const known = languages.filter((each) => (greetingLanguages as readonly string[]).includes(each));
  return known.includes(callers) ? callers : (known[0] ?? 'en');
}
