import type { ConferenceView } from '../../../../contract/conference/conference.ts';
import type { ChoiceWords } from '../../../../words/choices/en.ts';
import type { Times } from '../../../../words/times.ts';

/** What a row in the list of one's own conferences says and offers. */
export interface MineRow {
  id: string;
  name: string;
  /** Start, written; undefined while no time is known. */
  when: string | undefined;
  text: string;
  does: 'join' | 'restore' | 'nothing';
}

/** Times by the clock that Outlook shows: the list is one's own day, whatever zones the meetings were made in. */
export function mineRow(conference: ConferenceView, now: number, words: ChoiceWords['mine'], times: Times): MineRow {
  const { id, subject, startsAt, endsAt, isStanding } = conference;
  const name = isStanding ? words.room : (subject === null || subject.trim() === '' ? words.noSubject : subject);
  const when = startsAt === null ? undefined : endsAt === null ? times.dayAndTime(startsAt) : times.range(startsAt, endsAt);
  const { text, does } = standing(conference, now, words, times);
  return { id, name, when, text: [text, ...leftAlone(conference, words, times)].join(' · '), does };
}

/** What the server could not write in invites, and what its organizer can do about it. */
export function leftAlone({ inviteText, copies = [] }: Pick<ConferenceView, 'inviteText' | 'copies'>, words: ChoiceWords['mine'], times: Times): string[] {
  return [...(inviteText === 'place-only' ? [words.placeOnly] : []), ...copies.flatMap(({ state, startsAt }) => (state === 'left-alone' ? words.copyLeft(times.day(startsAt)) : []))];
}

function standing({ state, expiresAt, restorableUntil, opensAt, isStanding }: ConferenceView, now: number, words: ChoiceWords['mine'], times: Times): Pick<MineRow, 'text' | 'does'> {
  if (state === 'cancelled') {
    // The server decides by its own clock; a client that runs wrong must neither hide the way back nor promise it for long.
    return restorableUntil === null ? { text: words.forGood, does: 'nothing' } : { text: words.untilWhen(times.dayAndTime(restorableUntil)), does: 'restore' };
  }
  if (state === 'held') return { text: expiresAt === null ? words.untimed : words.reserved(times.dayAndTime(expiresAt)), does: 'nothing' };
  if (state !== 'scheduled' && state !== 'live') return { text: words.over, does: 'nothing' };
  if (state === 'live' || (opensAt !== null && Date.parse(opensAt) <= now)) return { text: words.openNow, does: 'join' };
  if (opensAt === null) return { text: isStanding ? words.roomText : words.untimed, does: 'join' };
  return { text: words.opens(times.dayAndTime(opensAt)), does: 'join' };
}

/** When the next conference is, if none is today any more; undefined when one is today, or none at all is ahead. */
export function nextLater(conferences: readonly ConferenceView[], now: number, times: Times): string | undefined {
  const first = Math.min(...conferences.flatMap(({ startsAt }) => (startsAt === null ? [] : [Date.parse(startsAt)])));
  return first === Infinity || first < now || times.day(first) === times.day(now) ? undefined : times.dayAndTime(first);
}
