import type { AvailabilityView } from '../../../../contract/availability.ts';
import { stateText } from '../../../../words/availability.ts';
import type { PeopleWords } from '../../../../words/people/en.ts';
import type { PersonState } from '../../../talk/people.ts';

/** Who reads it: language, and the zone of this computer. */
export interface Reader {
  language: string;
  timeZone: string;
}

export function ownReader(language: string): Reader {
  return { language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** "In a meeting until 10:30": a state without what comes then, for lists. */
export function shortState({ state, until }: Pick<AvailabilityView, 'state' | 'until'>, now: number, reader: Reader): string {
  return stateText({ state, until: until === null ? null : Date.parse(until), next: null }, now, reader);
}

/** What stands under a name. */
export function lineOf(person: Pick<PersonState, 'where' | 'availability'> | undefined, isList: boolean, now: number, reader: Reader, words: PeopleWords): string {
  if (isList) return words.list;
  if (person === undefined) return '…';
  if (person.availability === null) return person.where === 'outside' ? words.outside : words.unknown;
  return shortState(person.availability, now, reader);
}

/** The second axis, in words. */
export function phoneLine({ onThePhone, onThePhoneSince }: Pick<AvailabilityView, 'onThePhone' | 'onThePhoneSince'>, now: number, words: PeopleWords): string {
  if (onThePhone === null) return words.noPhone;
  if (!onThePhone) return words.offThePhone;
  if (onThePhoneSince === null) return words.onThePhone;
  const minutes = Math.floor((now - Date.parse(onThePhoneSince)) / 60_000);
  return minutes < 1 ? words.onThePhoneNow : words.onThePhoneFor(minutes);
}

/** Groups of a long list: people in one state, the reachable first. */
export const groupOrder = ['available', 'away', 'busy', 'doNotDisturb', 'unknown'] as const;
export type Group = (typeof groupOrder)[number];

export function groupOf(person: PersonState | undefined): Group {
  return person?.availability?.state.availability ?? 'unknown';
}

/** An address that opens a chat in Teams (learn.microsoft.com, deep links): the app, or its page. */
export function chatLink(address: string): string {
  return `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(address)}`;
}

/** One sentence of what changed among those in view, for screen readers; undefined for nothing. */
export function newsOf(before: ReadonlyMap<string, PersonState>, after: PersonState, now: number, reader: Reader, words: PeopleWords): string | undefined {
  const old = before.get(after.address)?.availability;
  const view = after.availability;
  if (old === undefined || old === null || view === null) return undefined;
  if (old.onThePhone !== true && view.onThePhone === true) return `${view.name}: ${words.onThePhone}`;
  if (old.state.face !== view.state.face || old.state.title !== view.state.title) return `${view.name}: ${shortState(view, now, reader)}`;
  return undefined;
}
