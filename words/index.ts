import { barWords } from './bar.ts';
import type { BarWords } from './bar.ts';
import { blockWords } from './block.ts';
import type { BlockWords } from './block.ts';
import { messageWords } from './messages.ts';
import type { MessageWords } from './messages.ts';
import { phoneWords } from './phone.ts';
import type { PhoneWords } from './phone.ts';
import { stateWords } from './states.ts';
import type { StateWords } from './states.ts';
import { timesFor } from './times.ts';
import type { Times } from './times.ts';
import { whyWords } from './whys.ts';
import type { WhyWords } from './whys.ts';

export { everyBlock } from './block.ts';
export { languageOf, languages } from './pick.ts';
export type { Language } from './pick.ts';
export { timesFor } from './times.ts';
export type { Times } from './times.ts';

/** Everything we say in one language. The add-in takes the topics one by one instead, to load no more than a panel needs. */
export interface Words {
  /** The invite block. */
  block: BlockWords;
  /** Outlook's information bar. */
  bar: BarWords;
  /** Messages with their remedies. */
  messages: MessageWords;
  /** What callers hear. */
  phone: PhoneWords;
  /** States of people and conferences. */
  states: StateWords;
  /** Why a conference stands where it stands. */
  whys: WhyWords;
  /** Dates and times in this language, for a zone. */
  times: (timeZone: string) => Times;
}

/** The words of a language (two letters, or a tag that begins with them), English when there are none. */
export function wordsFor(language: string): Words {
  return {
    block: blockWords(language),
    bar: barWords(language),
    messages: messageWords(language),
    phone: phoneWords(language),
    states: stateWords(language),
    whys: whyWords(language),
    times: (timeZone) => timesFor(language, timeZone),
  };
}
