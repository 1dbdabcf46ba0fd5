import type { CallView } from '../../../../contract/people/calls.ts';
import type { VoicemailForwardView, VoicemailView } from '../../../../contract/voicemail/voicemail.ts';
import type { VoicemailTeamView } from '../../../../contract/voicemail/team.ts';
import type { TranscriptView } from '../../../../contract/voicemail/transcript.ts';
import { timesFor } from '../../../../words/times.ts';
import { html, type Html } from '../../../domain/html.ts';
import { teamHtml } from './team.ts';
import { transcriptHtml } from './transcript.ts';
import { callerOf, factsOf, isGone, press, stateShown, type Look } from './shown.ts';

/** What a page of one message is made from. */
export interface OneFacts {
  voicemail: VoicemailView;
  /** The colleague whose extension called; null for anybody else. */
  callerPersonId: string | null;
  forwards: readonly VoicemailForwardView[];
  transcript: TranscriptView;
  team: VoicemailTeamView | null;
  /** The viewer's newest call that was begun from this page; null for none. */
  call: CallView | null;
  /** Their phone can be rung from here. */
  hasPhone: boolean;
  /** Names what the forms ask for, so that pressed twice it is done once. */
  key: string;
}

/** One message with its player: all of it works without a script. The script only marks it heard when it was played. */
export function oneHtml(facts: OneFacts, look: Look): Html {
  const { voicemail } = facts;
  const { words, timeZone } = look;
  const state = stateShown(voicemail);
  return html`<p><a href="/voicemail/">${words.back}</a></p><div class="person">${pictureHtml(facts)}<h1>${callerOf(voicemail, words)}</h1></div>
<p data-zone="${timeZone}">${factsOf(voicemail, look)} · <b>${words.states[state]}</b>${voicemail.isUrgent && html` · <span class="bad">${words.urgent}</span>`}${
    voicemail.protection !== undefined && voicemail.protection !== 'none' && html` · ${words.confidential}`
  }</p>${voicemail.wish !== null && html`<p class="soft" role="status">${words.underWay}</p>`}${playerHtml(voicemail, look)}${teamHtml(voicemail.id, facts.team, look)}${callHtml(facts, look)}${transcriptHtml(facts, look)}
<div class="actions">${buttons(facts, look)}</div>${isGone(voicemail) ? undoHtml(voicemail, look) : forwardHtml(facts, look)}`;
}

/** Their letters, with their picture over it where there is one: without a script nobody can wait for it, and one that is missing leaves the letters. */
function pictureHtml({ voicemail: { callerName }, callerPersonId }: OneFacts): Html | null {
  const letters = callerName.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  if (letters.length === 0) return null;
  return html`<span class="picture" aria-hidden="true">${[letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase()}${callerPersonId !== null && html`<img src="/api/v1/people/${encodeURIComponent(callerPersonId)}/photo" alt="">`}</span>`;
}

function playerHtml(voicemail: VoicemailView, { words }: Look): Html {
  const { id, hasAudio, protection } = voicemail;
  if (!hasAudio) return html`<div class="note"><p><b>${words.noSound}</b></p><p>${words.noSoundText}</p></div>`;
  const mark = stateShown(voicemail) === 'unheard' && html` data-heard="/voicemail/${id}/heard"`;
  return html`<p><audio controls preload="none" src="/api/v1/voicemail/${id}/audio" aria-label="${words.listenTo(callerOf(voicemail, words))}" style="width:100%"${mark}>${words.cannotPlay}</audio></p>${
    protection !== 'secure' && html`<p><a href="/api/v1/voicemail/${id}/audio?download=1">${words.save}</a></p>`
  }<script src="/voicemail/player.js" defer></script>`;
}

function callHtml({ call }: OneFacts, { words }: Look): Html | null {
  if (!call) return null;
  const text = call.state === 'ended' ? words.callOutcomes[call.outcome ?? 'unknown'] : words.calls[call.state];
  return html`<div class="note" role="status"><p>${text}</p></div>`;
}

function buttons({ voicemail, hasPhone, key }: OneFacts, look: Look): Html[] {
  const { words } = look;
  const { id, callerNumber } = voicemail;
  const at = (deed: string): string => `/voicemail/${id}/${deed}`;
  if (isGone(voicemail)) return voicemail.wish === 'delete' || voicemail.undoUntil !== null ? [press(at('restore'), words.undo, look, { isFilled: true })] : [];
  const dialled = callerNumber.replaceAll(/[\s()./-]/g, '');
  const isNumber = /^\+?\d{2,20}$/.test(dialled);
  return [
    ...(isNumber && hasPhone ? [press(at('call'), words.callBack, look, { key, isFilled: true })] : isNumber ? [html`<a class="button filled" href="tel:${dialled}">${words.callBack}</a>`] : []),
    ...(hasPhone ? [press(at('play'), words.playOnPhone, look, { key })] : []),
    stateShown(voicemail) === 'unheard' ? press(at('heard'), words.markHeard, look) : press(at('unheard'), words.markUnheard, look),
    press(at('delete'), words.remove, look, { isBad: true }),
  ];
}

function undoHtml({ undoUntil }: VoicemailView, { words, language, timeZone }: Look): Html | null {
  return undoUntil === null ? null : html`<p role="status">${words.undoUntil(timesFor(language, timeZone).day(undoUntil))}</p>`;
}

function forwardHtml({ voicemail, forwards, key }: OneFacts, { words, csrf }: Look): Html | null {
  if (voicemail.protection !== undefined && voicemail.protection !== 'none') return null;
  return html`<h2>${words.forward}</h2>${forwards.length > 0 && html`<ul class="plain">${forwards.map(({ toName, state, problem }) => html`<li>${toName}: <span class="${state === 'failed' || state === 'doubt' ? 'bad' : ''}">${words.forwards[state]}</span>${problem !== null && state === 'failed' && html` (${words.forwardProblems[problem]})`}</li>`)}</ul>`}
<form method="post" action="/voicemail/${voicemail.id}/forward"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="key" value="${key}"><label for="to">${words.forwardTo}</label><input id="to" name="to" type="email" required maxlength="254" autocomplete="off"><p><button>${words.forward}</button></p></form>`;
}
