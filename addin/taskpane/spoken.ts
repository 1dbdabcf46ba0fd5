import type { MeetingWords } from '../../words/meeting/en.ts';
import type { MessageWords } from '../../words/messages/en.ts';
import type { PaneWords } from '../../words/pane/en.ts';
import { languageOf } from '../../words/pick.ts';
import type { Language } from '../../words/pick.ts';
import type { StateWords } from '../../words/states/en.ts';
import { timesBy } from '../../words/times.ts';
import type { Times } from '../../words/times.ts';
import { shownOffset } from '../office/shown-clock.ts';

/** Everything that the pane says, in one language and by the clock that Outlook shows. */
export interface Spoken {
  language: Language;
  words: PaneWords;
  messages: MessageWords;
  meeting: MeetingWords;
  states: StateWords;
  times: Times;
}

function loadPack(language: Language) {
  if (language === 'de') return import(/* webpackChunkName: "words-de" */ '../../words/packs/pane-de.ts');
  return import(/* webpackChunkName: "words-en" */ '../../words/packs/pane-en.ts');
}

/** Loads the words of the language that fits a tag such as "de-AT". */
export async function speak(tag: string): Promise<Spoken> {
  const language = languageOf(tag);
  const { pane, messages, meeting, states } = await loadPack(language);
  return { language, words: pane, messages, meeting, states, times: timesBy(language, shownOffset) };
}
