import { html, type Html } from '../../domain/html.ts';
import type { Page } from '../../ports/page.ts';
import { joinPageWords, type JoinPageWords } from '../../../words/join-page.ts';
import { groupDigits } from '../../../invitation/index.ts';
import { decideAdmission } from './admission-rule.ts';
import { numbersOf } from './block.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { findById, windowsOf } from './rows.ts';

/** The join page and what hangs on it. Anybody with the link may look: nothing here is more than the invite says. */
export function createPages(deps: ConferenceDeps): Page[] {
  const page = (path: string, body: (conference: Conference, words: JoinPageWords, language: string) => Promise<Html>): Page => ({
    path,
    async handle({ params: { id = '' }, language: wanted }) {
      const words = joinPageWords(wanted);
      const language = spokenIn(words, wanted);
      const conference = /^[a-z2-7]{26}$/.test(id) ? await findById(deps.store.db, id) : null;
      if (!conference) return { status: 404, page: { title: words.unknown, language, main: html`<h1>${words.unknown}</h1><p>${words.unknownText}</p>` } };
      return { status: 200, page: { title: words.title, language, main: await body(conference, words, language) } };
    },
  });
  return [
    {
      path: '/help',
      async handle({ language }) {
        const words = joinPageWords(language);
        return { status: 200, page: { title: words.help, language: spokenIn(words, language), main: helpHtml(words) } };
      },
    },
    page('/j/:id', (conference, words, language) => joinBody(deps, conference, words, language)),
    page('/j/:id/dial', async (conference, words, language) => html`${heading(conference, words)}${numbersHtml(deps, conference, words, language)}${back(conference, words)}`),
    page('/j/:id/help', async (conference, words) => html`${helpHtml(words)}${back(conference, words)}`),
  ];
}

/** The language that the words are really in: a screen reader must not read English aloud as French. */
function spokenIn(words: JoinPageWords, language: string): string {
  return words === joinPageWords('en') ? 'en' : language;
}

async function joinBody(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): Promise<Html> {
  const status = await statusOf(deps, conference, words, language);
  return html`${heading(conference, words)}<p role="status"><b>${status}</b></p>${numbersHtml(deps, conference, words, language)}
<p><a href="/j/${conference.id}/help">${words.help}</a></p>`;
}

/** What is true now, from the same rule that the telephone asks. */
async function statusOf(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): Promise<string> {
  const windows = await windowsOf(deps.store.db, conference.tenantId, conference.id);
  const facts = { state: conference.state, windows, lobby: conference.lobby, members: conference.members, maxMembers: deps.policy.maxMembers };
  const result = decideAdmission(facts, 'host', deps.clock.now(), deps.policy);
  if (result.admit) return conference.members > 0 ? `${words.open} ${words.live(conference.members)}` : words.open;
  if (result.refusal === 'cancelled') return words.cancelled;
  if (result.refusal === 'not-sent') return words.notSent;
  if (result.refusal === 'too-early' && result.opensAt !== undefined) return words.opensAt(timeText(result.opensAt, language, conference.timeZone));
  return words.ended;
}

/** Day and time with the zone's name: without a script the visitor's own zone is not known, so the meeting's is said. */
function timeText(instant: number, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short',
  }).format(instant);
}

function heading(conference: Conference, words: JoinPageWords): Html {
  return html`<h1>${words.title}</h1><p>${words.hostedBy(conference.ownerName)}</p>`;
}

function numbersHtml(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): Html {
  const numbers = numbersOf(deps, conference, language);
  if (numbers.length === 0) return html`<p>${words.noNumbers}</p>`;
  const rows = numbers.map(({ country, display, e164 }) => html`<li>${country}: <a href="tel:${e164},,${conference.accessCode}%23">${display}</a></li>`);
  return html`<h2>${words.byPhone}</h2><ul>${rows}</ul><p>${words.accessCode}: <b>${groupDigits(conference.accessCode, '\u00a0')}</b> #</p>`;
}

function helpHtml(words: JoinPageWords): Html {
  return html`<h1>${words.help}</h1><ol>${words.helpSteps.map((step) => html`<li>${step}</li>`)}</ol>`;
}

function back(conference: Conference, words: JoinPageWords): Html {
  return html`<p><a href="/j/${conference.id}">${words.back}</a></p>`;
}
