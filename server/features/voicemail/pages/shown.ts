import type { VoicemailView } from '../../../../contract/voicemail/voicemail.ts';
import type { VoicemailPageWords } from '../../../../words/voicemail-page.ts';
import { html, type Html } from '../../../domain/html.ts';
import { timesFor } from '../../../../words/times.ts';

/** What the pages of voicemail share. */
export interface Look {
  words: VoicemailPageWords;
  language: string;
  /** IANA, of the visitor. */
  timeZone: string;
  csrf: string;
}

/** What it will be once all that was asked for is done: nobody wants to see a button that changes nothing. */
export function stateShown({ state, wish }: Pick<VoicemailView, 'state' | 'wish'>): VoicemailView['state'] {
  if (wish === 'delete') return 'deleted';
  if (wish === 'mark heard' || wish === 'restore' || wish === 'heard when mailed') return 'heard';
  return wish === 'mark unheard' ? 'unheard' : state;
}

export function isGone(view: Pick<VoicemailView, 'state' | 'wish'>): boolean {
  return ['deleted', 'gone'].includes(stateShown(view));
}

export function callerOf({ callerName, callerNumber }: Pick<VoicemailView, 'callerName' | 'callerNumber'>, words: VoicemailPageWords): string {
  return callerName || callerNumber || words.unknownCaller;
}

/** "Sat 21 Nov at 10:52 · 1:15 min", with the number where the name does not say it already. */
export function factsOf(view: VoicemailView, { words, language, timeZone }: Look): string {
  const seconds = Math.max(0, Math.round(view.durationSeconds));
  const number = view.callerNumber !== '' && view.callerName !== '' ? [view.callerNumber] : [];
  return [...number, timesFor(language, timeZone).dayAndTime(view.leftAt), words.length(Math.floor(seconds / 60), seconds % 60)].join(' · ');
}

/** A form that is one button. */
export function press(action: string, name: string, { csrf }: Look, more: { key?: string; said?: string; from?: string; isFilled?: boolean; isBad?: boolean } = {}): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="csrf" value="${csrf}">${more.key !== undefined && html`<input type="hidden" name="key" value="${more.key}">`}${more.said !== undefined && html`<input type="hidden" name="said" value="${more.said}">`}${more.from !== undefined && html`<input type="hidden" name="from" value="${more.from}">`}<button class="${more.isFilled ? 'filled' : more.isBad ? 'bad' : ''}">${name}</button></form>`;
}
