import { shownOffset } from '../../../office/shown-clock.ts';
import type { GreetingView } from '../../../../contract/availability/greeting.ts';
import type { AvailabilityWords } from '../../../../words/availability/en.ts';
import type { PeopleWords } from '../../../../words/people/en.ts';

/** What can be chosen by hand, in the order of ux.md section 2. */
export const choices = ['automatic', 'available', 'busy', 'doNotDisturb', 'away', 'outOfOffice'] as const;

export const lengths = ['half', 'hour', 'next', 'time'] as const;
export type Length = (typeof lengths)[number];

const MINUTE_MS = 60_000;

/**
 * When a choice ends, ISO; null for "until the next appointment". A time that has passed already, by the clock that Outlook shows, is tomorrow's. Undefined while no time was said.
 *
 * @param time "14:30", for `time` only.
 * @param offsetAt how far that clock is ahead of UTC at an instant (epoch ms), ms.
 */
export function endOf(length: Length, time: string, now: number, offsetAt: (at: number) => number = shownOffset): string | null | undefined {
  if (length === 'next') return null;
  if (length !== 'time') return new Date(now + (length === 'half' ? 30 : 60) * MINUTE_MS).toISOString();
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(time) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const shown = new Date(now + offsetAt(now));
  // A day whose clocks go forward may lack that time; the next one has it.
  for (let days = 0; days < 3; days += 1) {
    const end = Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate() + days, Number(hour), Number(minute));
    // The offset of that moment: the clocks may change in between.
    const instant = end - offsetAt(end - offsetAt(now));
    if (instant > now) return new Date(instant).toISOString();
  }
  return undefined;
}

/** One sentence for a rule's code; a rule that the organisation made is named. */
export function whyText(rule: string, { why }: AvailabilityWords): string {
  const texts: Readonly<Record<string, unknown>> = why;
  const text = Object.hasOwn(texts, rule) && rule !== 'ownRule' ? texts[rule] : undefined;
  return typeof text === 'string' ? text : why.ownRule(rule);
}

/** What callers hear, before the spoken text if there is one. Whatever is missing, the own recording plays, and that is what is said. */
export function hearsText({ kind, sound, missing }: Pick<GreetingView, 'kind' | 'sound' | 'missing'>, words: PeopleWords['mine']['hears']): string {
  if (missing === 'voice') return words.noVoice;
  if (missing === 'not-made-yet') return words.soon;
  if (kind === 'prompt') return words.prompt(sound ?? '');
  return kind === 'own' ? words.own : words.spoken;
}
