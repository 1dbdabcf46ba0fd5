import { groupDigits } from '../../../../../invitation/index.ts';
import type { OutrightWords } from '../../../../../words/outright.ts';
import { wordsFor } from '../../../../../words/index.ts';
import { html, type Html } from '../../../../domain/html.ts';
import type { Conference } from '../../conference.ts';
import type { ConferenceCopy } from '../../calendar/copy-rows.ts';
import type { ConferenceDeps } from '../../deps.ts';
import type { InvitationMail, Outright } from '../outright.ts';
import { dayText, spanText } from '../times.ts';

/** One conference for its owner: when, how people come in, what became of the invitation, and what can be done. */
export function oneHtml({ deps, words, conference, outright, mails, copies, csrf, timeZone, language }: {
  deps: ConferenceDeps; words: OutrightWords; conference: Conference; outright: Outright | null; mails: readonly InvitationMail[]; copies: readonly ConferenceCopy[]; csrf: string; timeZone: string; language: string;
}): Html {
  const { id, state, subject, accessCode, hostCode, passcode, why } = conference;
  const isOn = state === 'scheduled' || state === 'live';
  const mayRestore = outright !== null && state === 'cancelled' && conference.restorableUntil !== null && conference.restorableUntil > deps.clock.now();
  const button = (action: string, name: string): Html => html`<form method="post" action="/app/${id}/${action}"><input type="hidden" name="csrf" value="${csrf}"><button>${name}</button></form>`;
  return html`<p><a href="/app/">${words.title}</a></p><h1>${subject ?? words.untitled}</h1>
<p data-zone="${timeZone}">${spanText(conference, timeZone, language)}</p>
<div class="note" role="status"><p><b>${words.states[state]}</b></p><p class="soft">${words.why}: ${wordsFor(language).whys[why]}</p>${outright && outright.calendarState !== 'none' && html`<p>${words.calendarStates[outright.calendarState]}</p>`}${
    outright?.calendarError && html`<details><summary>${words.details}</summary><p lang="en">${outright.calendarError}</p></details>`
  }</div>
${isOn && html`<h2>${words.link}</h2><p><a href="/j/${id}">${deps.joinBase}${id}</a></p>
<p>${words.accessCode}: <b>${groupDigits(accessCode, '\u00a0')}</b> # · ${words.passcode}: <b>${passcode}</b><br>${words.hostCode}: <b>${groupDigits(hostCode, '\u00a0')}</b> #</p>`}
<div class="actions">${isOn && html`<a class="button filled" href="/j/${id}">${words.join}</a>`}${isOn && outright !== null && html`<a class="button" href="/app/${id}/edit">${words.edit}</a>`}<a class="button" href="/app/${id}/event.ics">${words.ics}</a>${
    mayRestore && button('restore', words.restore)
  }</div>${outright === null && html`<p>${words.inOutlook}</p>`}${conference.inviteText === 'place-only' && html`<p>${words.placeOnly}</p>`}${
    copies.filter(({ state: became }) => became === 'left-alone').map(({ startsAt }) => html`<p>${words.copyLeft(dayText(startsAt, timeZone, language))}</p>`)
  }${mailsHtml(words, id, csrf, mails)}${
    isOn && outright !== null && html`<h2>${words.cancel}</h2><p class="soft">${words.cancelSure}</p>${button('cancel', words.cancel)}`
  }`;
}

/** The newest mail to each guest; one in doubt, or refused, can be sent again by a person. */
function mailsHtml(words: OutrightWords, id: string, csrf: string, mails: readonly InvitationMail[]): Html | null {
  if (mails.length === 0) return null;
  const newest = [...new Map(mails.toReversed().map((mail) => [mail.to.address, mail])).values()];
  return html`<h2>${words.mailsTitle}</h2><ul class="plain">${newest.map(({ to, state, error }) => html`<li>${to.name === '' ? to.address : `${to.name}, ${to.address}`}: <span class="${state === 'doubt' || state === 'refused' ? 'bad' : ''}">${words.mailStates[state]}</span>${
    (state === 'doubt' || state === 'refused') && html`<details><summary>${words.details}</summary><p lang="en">${error}</p></details><form method="post" action="/app/${id}/send-again"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="to" value="${to.address}"><button>${words.sendAgain}</button></form>`
  }</li>`)}</ul>`;
}
