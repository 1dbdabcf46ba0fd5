import type { VoicemailView } from '../../../../contract/voicemail/voicemail.ts';
import type { ListeningWords } from '../../../../words/listening/en.ts';
import type { Times } from '../../../../words/times.ts';

/** How a message is shown. Pure: everything that a person is told of it is decided here. */

export type ShownState = 'unheard' | 'heard' | 'deleted' | 'gone';

/** As it will be in a moment: what somebody asked for counts at once, and a refusal would say so. */
export function stateOf({ state, wish }: Pick<VoicemailView, 'state' | 'wish'>): ShownState {
  if (wish === 'delete') return 'deleted';
  if (wish === 'mark unheard') return 'unheard';
  if (wish === 'mark heard' || wish === 'heard when mailed') return 'heard';
  if (wish === 'restore') return state === 'unheard' ? 'unheard' : 'heard';
  return state;
}

export type Shown = 'all' | 'unheard' | 'deleted';

/** Messages under a filter: what is deleted stands only under its own. */
export function filtered(items: readonly VoicemailView[], filter: Shown): VoicemailView[] {
  return items.filter((item) => {
    const state = stateOf(item);
    if (filter === 'all') return state !== 'deleted';
    return state === filter;
  });
}

/** How many are under each filter. */
export function countsOf(items: readonly VoicemailView[]): Record<Shown, number> {
  return { all: filtered(items, 'all').length, unheard: filtered(items, 'unheard').length, deleted: filtered(items, 'deleted').length };
}

/** What the caller is called. */
export function nameOf({ callerName, callerNumber }: Pick<VoicemailView, 'callerName' | 'callerNumber'>, words: ListeningWords): string {
  return callerName || callerNumber || words.unknownCaller;
}

/** The line under the name: the number; that it is an extension; that there is none. '' when the name is the number already. */
export function numberOf({ callerName, callerNumber }: Pick<VoicemailView, 'callerName' | 'callerNumber'>, words: ListeningWords): string {
  if (callerNumber === '') return words.withheld;
  if (callerName === '' || callerName === callerNumber) return '';
  return /^\d{2,6}$/.test(callerNumber) ? words.extension(callerNumber) : callerNumber;
}

/** "0:42", "1:02:03". */
export function lengthOf(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

const DAY_MS = 24 * 60 * 60_000;

/** In a row: the time today, the weekday within six days, else the day. `now` epoch ms. */
export function rowTime(leftAt: string, now: number, times: Times, language: string): string {
  if (times.day(leftAt) === times.day(now)) return times.time(leftAt);
  const age = now - Date.parse(leftAt);
  const options: Intl.DateTimeFormatOptions = age < 6 * DAY_MS ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', options).format(new Date(leftAt));
}

/** Over the player: "Today, 09:38", "Sun 22 Nov at 09:52". */
export function pageTime(leftAt: string, now: number, times: Times, words: ListeningWords): string {
  return times.day(leftAt) === times.day(now) ? words.today(times.time(leftAt)) : times.dayAndTime(leftAt);
}

/** When it was last heard, by its trail; undefined when that is not told. */
export function heardAt(trail: readonly { at: string; what: string }[]): string | undefined {
  return trail.filter(({ what }) => what === 'mark voicemail heard' || what === 'move voicemail to Saved' || what === 'mark e-mail read').at(-1)?.at;
}
