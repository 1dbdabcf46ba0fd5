import { joinPageWords, type JoinPageWords } from '../../../words/join-page.ts';
import { groupDigits } from '../../../invitation/index.ts';
import { decideAdmission } from './admission-rule.ts';
import { numbersOf } from './block.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { findById, windowsOf } from './rows.ts';

/** A page that needs no script. `handle` gets the id of the path and the visitor's language (two letters). */
export interface Page {
  path: string;
  handle(id: string, language: string): Promise<{ status: number; html: string }>;
}

/** The join page and what hangs on it. Anybody with the link may look: nothing here is more than the invite says. */
export function createPages(deps: ConferenceDeps): Page[] {
  const page = (path: string, body: (conference: Conference, words: JoinPageWords, language: string) => Promise<string>): Page => ({
    path,
    async handle(id, language) {
      const words = joinPageWords(language);
      const spoken = spokenIn(words, language);
      const conference = /^[a-z2-7]{26}$/.test(id) ? await findById(deps.store.db, id) : null;
      if (!conference) return { status: 404, html: layout(words, spoken, `<h1>${words.unknown}</h1><p>${words.unknownText}</p>`) };
      return { status: 200, html: layout(words, spoken, await body(conference, words, spoken)) };
    },
  });
  return [
    {
      path: '/help',
      async handle(_id, language) {
        const words = joinPageWords(language);
        return { status: 200, html: layout(words, spokenIn(words, language), helpHtml(words)) };
      },
    },
    page('/j/:id', (conference, words, language) => joinBody(deps, conference, words, language)),
    page('/j/:id/dial', async (conference, words, language) => `${heading(conference, words)}${numbersHtml(deps, conference, words, language)}${back(conference, words)}`),
    page('/j/:id/help', async (conference, words) => `${helpHtml(words)}${back(conference, words)}`),
  ];
}

/** The language that the words are really in: a screen reader must not read English aloud as French. */
function spokenIn(words: JoinPageWords, language: string): string {
  return words === joinPageWords('en') ? 'en' : language;
}

async function joinBody(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): Promise<string> {
  const status = await statusOf(deps, conference, words, language);
  return `${heading(conference, words)}<p role="status"><b>${escape(status)}</b></p>${numbersHtml(deps, conference, words, language)}
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

function heading(conference: Conference, words: JoinPageWords): string {
  return `<h1>${words.title}</h1><p>${escape(words.hostedBy(conference.ownerName))}</p>`;
}

function numbersHtml(deps: ConferenceDeps, conference: Conference, words: JoinPageWords, language: string): string {
  const numbers = numbersOf(deps, conference, language);
  if (numbers.length === 0) return `<p>${words.noNumbers}</p>`;
  const rows = numbers.map(({ country, display, e164 }) => `<li>${escape(country)}: <a href="tel:${e164},,${conference.accessCode}%23">${escape(display)}</a></li>`);
  return `<h2>${words.byPhone}</h2><ul>${rows.join('')}</ul><p>${words.accessCode}: <b>${groupDigits(conference.accessCode, '&nbsp;')}</b> #</p>`;
}

function helpHtml(words: JoinPageWords): string {
  return `<h1>${words.help}</h1><ol>${words.helpSteps.map((step) => `<li>${step}</li>`).join('')}</ol>`;
}

function back(conference: Conference, words: JoinPageWords): string {
  return `<p><a href="/j/${conference.id}">${words.back}</a></p>`;
}

function layout(words: JoinPageWords, language: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<title>${words.title}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.1rem}ul{padding-left:1.2rem}</style></head>
<body><main>${body}</main></body></html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
