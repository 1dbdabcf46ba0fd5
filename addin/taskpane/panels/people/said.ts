import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { stateText } from '../../../../words/availability.ts';
import type { AvailabilityWords } from '../../../../words/availability/en.ts';
import type { PeopleWords } from '../../../../words/people/en.ts';
import type { PersonState } from '../../../talk/people.ts';
import type { Spoken } from '../../spoken.ts';

/** Who reads it, by the clock that Outlook shows: what stands on the screen by another one would contradict the form beside it. */
export type Reader = Pick<Spoken, 'language' | 'times'>;

/** A name within a sentence, whichever way it is read: quotes at its ends stay with it (Unicode's first strong isolate). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** "In a meeting until 10:30": a state without what comes then, for lists. */
export function shortState({ state, until }: Pick<AvailabilityView, 'state' | 'until'>, now: number, reader: Reader): string {
  return stateText({ state, until: until === null ? null : Date.parse(until), next: null }, now, reader);
}

/**
 * What is drawn of somebody. Whoever has no phone line is followed by nothing of ours: what they chose by hand counts, else what Teams says, else nothing is known; null then.
 */
export function shownState(view: AvailabilityView | null): Pick<AvailabilityView['state'], 'face' | 'availability'> | null {
  if (view === null) return null;
  if (!isOnlyElsewhere(view)) return view.state;
  const said = view.elsewhere?.availability;
  return said === undefined ? null : { availability: said, face: said };
}

/** Nothing of ours follows them and they chose nothing: what Teams says is all there is. */
export function isOnlyElsewhere({ missing, why }: AvailabilityView): boolean {
  return missing.includes('line') && why.source === 'default';
}

/** That somebody is in a call, by their phone or by Teams; undefined when neither says so. */
export function callOf(view: AvailabilityView | null, words: PeopleWords): string | undefined {
  if (view?.onThePhone === true) return words.onThePhone;
  return view !== null && view.onThePhone === null && view.elsewhere?.isInCall === true ? words.inCall : undefined;
}

/** What stands under a name. */
export function lineOf(person: Pick<PersonState, 'where' | 'availability'> | undefined, isList: boolean, now: number, reader: Reader, { people: words, availability }: { people: PeopleWords; availability: AvailabilityWords }): string {
  if (isList) return words.list;
  if (person === undefined) return '…';
  if (person.availability === null) return person.where === 'outside' ? words.outside : words.unknown;
  const shown = shownState(person.availability);
  if (shown === null) return words.unknown;
  return isOnlyElsewhere(person.availability) ? words.inTeams(availability.faces[shown.face]) : shortState(person.availability, now, reader);
}

/** What one is oneself, as others see it. Without a phone line that is never Available by default. */
export function ownState(view: AvailabilityView, now: number, reader: Reader, { people: words, availability }: { people: PeopleWords; availability: AvailabilityWords }): string {
  if (!isOnlyElsewhere(view)) return shortState(view, now, reader);
  const shown = shownState(view);
  return shown === null ? words.mine.noLine.state : words.inTeams(availability.faces[shown.face]);
}

/** The second axis, in words. */
export function phoneLine({ onThePhone, onThePhoneSince, elsewhere }: Pick<AvailabilityView, 'onThePhone' | 'onThePhoneSince' | 'elsewhere'>, now: number, words: PeopleWords): string {
  if (onThePhone === null) return elsewhere?.isInCall === true ? words.inCall : words.noPhone;
  if (!onThePhone) return words.offThePhone;
  if (onThePhoneSince === null) return words.onThePhone;
  const minutes = Math.floor((now - Date.parse(onThePhoneSince)) / 60_000);
  return minutes < 1 ? words.onThePhoneNow : words.onThePhoneFor(minutes);
}

/** Groups of a long list: people in one state, the reachable first. */
export const groupOrder = ['available', 'away', 'busy', 'doNotDisturb', 'unknown'] as const;
export type Group = (typeof groupOrder)[number];

export function groupOf(person: PersonState | undefined): Group {
  return shownState(person?.availability ?? null)?.availability ?? 'unknown';
}

/** An address that opens a chat in Teams (learn.microsoft.com, deep links): the app, or its page. */
export function chatLink(address: string): string {
  return `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(address)}`;
}

/** One sentence of what changed among those in view, for screen readers; undefined for nothing. */
export function newsOf(before: ReadonlyMap<string, PersonState>, after: PersonState, now: number, reader: Reader, pack: { people: PeopleWords; availability: AvailabilityWords }): string | undefined {
  const words = pack.people;
  const old = before.get(after.address)?.availability;
  const view = after.availability;
  if (old === undefined || old === null || view === null) return undefined;
  const call = callOf(view, words);
  if (call !== undefined && callOf(old, words) === undefined) return `${view.name}: ${call}`;
  if (shownState(old)?.face !== shownState(view)?.face || old.state.title !== view.state.title) return `${view.name}: ${lineOf(after, false, now, reader, pack)}`;
  return undefined;
}
