import { randomUUID } from 'node:crypto';
import { groupDigits } from '../../../../invitation/index.ts';
import type { JoinPageWords } from '../../../../words/join-page.ts';
import { html, type Html } from '../../../domain/html.ts';
import type { PageRequest } from '../../../ports/page.ts';
import { numbersOf } from '../invite/block.ts';
import type { Conference, ConferenceWindow } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { zoneOptions } from '../outright/app/form.ts';
import { clockText, dayText, spanText } from '../outright/times.ts';
import type { Standing } from './state.ts';

/** The parts of the join page (ux.md §4). One filled button, whose words are its state. */
export interface JoinFacts {
  deps: ConferenceDeps;
  conference: Conference;
  standing: Standing;
  windows: readonly ConferenceWindow[];
  words: JoinPageWords;
  language: string;
  request: PageRequest;
  /** What did not work just now. */
  problem: string | null;
}

const minute = 60_000;

export function mainHtml(facts: JoinFacts): Html {
  const { conference, standing, words, language, request, problem, deps } = facts;
  const zone = request.timeZone ?? conference.timeZone;
  const now = deps.clock.now();
  const next = facts.windows.find(({ endsAt }) => endsAt > now) ?? facts.windows.at(-1) ?? null;
  const isOff = !standing.verdict.admit && (standing.verdict.refusal === 'cancelled' || standing.verdict.refusal === 'ended');
  return html`<h1>${words.with(conference.ownerName)}</h1>${standing.isKnown && conference.subject !== null && html`<p class="big">${conference.subject}</p>`}
${next && html`<p data-zone="${zone}">${spanText(next, zone, language)}</p>`}
${problem !== null && html`<div class="note alert" role="alert"><p><b>${problem}</b></p></div>`}
${request.query.has('called') && html`<div class="note" role="status"><p><b>${words.called}</b></p></div>`}
<div class="note" role="status">${statusHtml(facts, zone)}</div>
${formHtml(facts)}
${!isOff && zoneHtml(words, zone)}
<p><a href="/j/${conference.id}/help">${words.help}</a></p>`;
}

/** What is true now, from the same rule that the telephone asks; the first sentence complete in itself. */
function statusHtml({ conference, standing: { verdict, visit, hasWeb, wasMoved, cancelledAt }, words, language, deps }: JoinFacts, zone: string): Html {
  const say = (first: string, more = '', kind = ''): Html => html`<p><b class="${kind}">${first}</b></p>${more !== '' && html`<p class="soft">${more}</p>`}`;
  const at = (instant: number): string => `${dayText(instant, zone, language)}, ${clockText(instant, zone)}`;
  if (verdict.admit) {
    const there = conference.members > 0 ? words.live(conference.members) : '';
    if (!hasWeb) return say(words.open, there, 'good');
    return say(words.openNow, verdict.asksToBeLetIn || verdict.waitsForHost ? words.lobby(conference.ownerName) : there, 'good');
  }
  switch (verdict.refusal) {
    case 'too-early': {
      const opens = verdict.opensAt ?? 0;
      const inMinutes = Math.ceil((opens - deps.clock.now()) / minute);
      const moved = wasMoved && conference.startsAt !== null ? words.moved(at(conference.startsAt)) : '';
      const first = inMinutes <= 90 ? words.opensSoon(clockText(opens, zone), inMinutes) : words.opensAt(at(opens));
      return html`${moved !== '' && html`<p><b>${moved}</b></p>`}${say(first, visit?.wantsIn === true && hasWeb ? words.waiting : hasWeb ? words.stay : '')}`;
    }
    case 'cancelled':
      return say(words.cancelled, words.cancelledBy(conference.ownerName, cancelledAt === null ? '' : at(cancelledAt)), 'bad');
    case 'not-sent':
      return say(words.notSent);
    case 'full':
      return say(words.full, words.fullText);
    case 'wrong-passcode':
      return say(words.wrongPasscode, words.passcodeWhere, 'bad');
    case 'locked-out':
      return say(words.lockedOut, words.lockedOutText, 'bad');
    case 'passcode-needed':
      return hasWeb ? say(words.openNow, words.strangers, 'good') : say(words.open, conference.members > 0 ? words.live(conference.members) : '', 'good');
    default:
      return say(words.ended);
  }
}

/** The way in by browser: the button's words are its state. */
function formHtml({ conference, standing: { verdict, visit, hasWeb, isKnown }, words, request }: JoinFacts): Html | null {
  if (!verdict.admit && verdict.refusal === 'cancelled') {
    return conference.ownerAddress === '' ? null : html`<p><a class="button" href="mailto:${encodeURIComponent(conference.ownerAddress).replace('%40', '@')}">${words.writeTo(conference.ownerName)}</a></p>`;
  }
  const mayTry = verdict.admit || ['too-early', 'passcode-needed', 'wrong-passcode'].includes(verdict.refusal);
  if (!hasWeb || !mayTry) return null;
  const needsPasscode = !isKnown && (verdict.admit ? false : verdict.refusal !== 'too-early' || visit?.proof == null);
  const button = !verdict.admit && verdict.refusal === 'too-early' ? words.joinLater : verdict.admit && !verdict.asksToBeLetIn ? words.joinNow : words.askIn;
  return html`<form method="post" action="/j/${conference.id}"><input type="hidden" name="csrf" value="${request.csrf}">
<label for="name">${words.yourName}</label><input id="name" name="name" maxlength="60" autocomplete="name" required value="${visit?.name || request.visitor?.name || ''}">
${needsPasscode && html`<label for="passcode">${words.passcode}</label><input id="passcode" name="passcode" inputmode="numeric" autocomplete="off" maxlength="12" aria-describedby="passcode-hint"${!verdict.admit && verdict.refusal !== 'too-early' ? html` required` : ''}><p class="soft" id="passcode-hint">${words.passcodeWhere}</p>`}
<button class="filled wide">${button}</button></form>${request.visitor === null && html`<p class="soft">${words.orSignIn} <a href="/sign-in?return=${encodeURIComponent(`/j/${conference.id}`)}">${words.signIn}</a></p>`}`;
}

function zoneHtml(words: JoinPageWords, zone: string): Html {
  return html`<details><summary>${words.otherZone}</summary><form method="get"><label for="zone">${words.zone}</label><select id="zone" name="zone">${zoneOptions(zone)}</select><button class="wide">${words.show}</button></form></details>`;
}

export function asideHtml(facts: JoinFacts): Html {
  const { deps, conference, standing: { verdict, callsOut }, words, language, request } = facts;
  if (!verdict.admit && verdict.refusal === 'cancelled') return html`<p class="soft">${words.noLonger}</p><p><a href="/j/${conference.id}/event.ics">${words.icsCancelled}</a></p>`;
  const numbers = numbersOf(deps, conference, language);
  const [first, ...more] = numbers;
  const needsProof = !verdict.admit && (verdict.refusal === 'passcode-needed' || verdict.refusal === 'wrong-passcode');
  return html`${first ? html`<h2>${words.dialIn}</h2><p><a class="big" href="tel:${first.e164},,${conference.accessCode}%23">${first.display}</a><br><span class="soft">${first.country}${
    more.length > 0 && html` · <a href="/j/${conference.id}/dial">${words.otherCountries(more.length)}</a>`
  }</span></p><h2>${words.accessCode}</h2><p><span class="big">${groupDigits(conference.accessCode, '\u00a0')}</span> #</p>` : html`<p>${words.noNumbers}</p>`}
${callsOut && (verdict.admit || needsProof) && html`<h2>${words.callYou}</h2><form method="post" action="/j/${conference.id}/call"><input type="hidden" name="csrf" value="${request.csrf}"><input type="hidden" name="key" value="${randomUUID()}">
<label for="number">${words.yourNumber}</label><input id="number" name="number" type="tel" autocomplete="tel" required maxlength="24" placeholder="+49 …">${needsProof && html`<label for="call-passcode">${words.passcode}</label><input id="call-passcode" name="passcode" inputmode="numeric" autocomplete="off" required maxlength="12">`}<button class="wide">${words.callMe}</button></form>`}
<p><a href="/j/${conference.id}/event.ics">${words.ics}</a></p>`;
}

export function numbersHtml(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): Html {
  const numbers = numbersOf(deps, conference, language);
  if (numbers.length === 0) return html`<p>${words.noNumbers}</p>`;
  const rows = numbers.map(({ country, display, e164 }) => html`<li>${country}: <a href="tel:${e164},,${conference.accessCode}%23">${display}</a></li>`);
  return html`<ul>${rows}</ul><p>${words.accessCode}: <b>${groupDigits(conference.accessCode, '\u00a0')}</b> #</p>`;
}

export function helpHtml(words: JoinPageWords): Html {
  return html`<h1>${words.help}</h1><ol>${words.helpSteps.map((step) => html`<li>${step}</li>`)}</ol>`;
}
