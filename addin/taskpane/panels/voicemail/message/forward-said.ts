import type { VoicemailForwardView } from '../../../../../contract/voicemail/voicemail.ts';
import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { PlayingWords } from '../../../../../words/playing/en.ts';
import type { Said } from '../../../parts/message.tsx';

/** How long what became of a forward is news, ms. */
const NEWS_MS = 24 * 60 * 60_000;

/** What became of the newest forward. `now` epoch ms. */
export function forwardSaid(forwards: readonly VoicemailForwardView[], now: number, words: ListeningWords, playing: PlayingWords, byMail: () => void): Said | undefined {
  const [newest] = forwards;
  if (newest === undefined || now - Date.parse(newest.askedAt) > NEWS_MS) return undefined;
  const { state, problem, toName } = newest;
  const mail = [{ label: playing.boxFull.button, run: byMail }];
  if (state === 'done') return { weight: 'grey', lead: words.forwardDone(toName), text: '' };
  if (state === 'doubt') return { weight: 'amber', lead: words.forwardDoubt(toName), text: words.forwardDoubtText };
  if (state !== 'failed') return { weight: 'grey', lead: words.forwardWaits(toName), text: '' };
  if (problem === 'box-full') return { weight: 'red', lead: playing.boxFull.lead(toName), text: playing.boxFull.text, actions: mail };
  return { weight: 'red', lead: words.forwardFailed(toName), text: problem === null ? '' : words.forwardWhy[problem], actions: mail };
}
