import { unsureBelow } from '../../../../contract/unsure.ts';
import type { TranscriptView } from '../../../../contract/voicemail/transcript.ts';
import { html, type Html } from '../../../domain/html.ts';
import { press, type Look } from './shown.ts';

/** What was said, with unsure words dotted and said to be unsure, and the numbers in it as buttons. A caller chose the words: text, nothing else. */
export function transcriptHtml({ voicemail, transcript, hasPhone, key }: { voicemail: { id: string }; transcript: TranscriptView; hasPhone: boolean; key: string }, look: Look): Html | null {
  const { words } = look;
  const { state, pieces, language, numbers, urgent } = transcript;
  if (state === 'off') return null;
  const text = pieces.map((piece) => (piece.confidence !== null && piece.confidence < unsureBelow ? html`<span class="unsure" title="${words.unsure}">${piece.text}</span> ` : html`${piece.text} `));
  const calls = numbers.map(({ number }) => (hasPhone ? press(`/voicemail/${voicemail.id}/call`, words.saidNumber(number), look, { key, said: number }) : html`<a class="button" href="tel:${number}">${words.saidNumber(number)}</a>`));
  return html`<h2>${words.transcript}</h2>${urgent !== null && html`<p><b>${words.soundsUrgent(urgent.said)}</b></p>`}${state === 'done' ? html`<p${language !== null && html` lang="${language}"`}>${text}</p><p class="soft">${words.transcriptHint}</p>` : html`<p role="status">${state === 'waiting' ? words.transcriptWaits : words.transcriptFailed}</p>`}${
    calls.length > 0 && html`<div class="actions">${calls}</div>`
  }`;
}
