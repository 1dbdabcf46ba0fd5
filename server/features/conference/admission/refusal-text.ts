import { joinPageWords } from '../../../../words/join-page.ts';
import type { Refusal } from '../../../ports/admission.ts';

/** Why somebody is not let in, for bridges that show a text of ours. `opensAt` epoch ms, said in `timeZone` (IANA) with the zone's name. */
export function refusalText(refusal: Refusal, opensAt: number | null, timeZone: string, language: string): string {
  const words = joinPageWords(language);
  if (refusal === 'too-early' && opensAt !== null) return words.opensAt(timeText(opensAt, language, timeZone));
  if (refusal === 'cancelled') return words.cancelled;
  if (refusal === 'not-sent') return words.notSent;
  return refusal === 'ended' ? words.ended : words.unknown;
}

function timeText(instant: number, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short',
  }).format(instant);
}
