import { joinPageWords, type JoinPageWords } from '../../../../words/join-page.ts';
import { html, type Html } from '../../../domain/html.ts';
import { UserError } from '../../../domain/errors.ts';
import type { Page, PageAnswer, PageRequest } from '../../../ports/page.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { icsFor } from '../outright/invitation.ts';
import { findOutright } from '../outright/outright-rows.ts';
import { findById, windowsOf } from '../rows.ts';
import { callMe, linkFor, wantIn } from './actions.ts';
import { asideHtml, helpHtml, mainHtml, numbersHtml } from './page-html.ts';
import { standingFor } from './state.ts';

/** The join page and what hangs on it. Anybody with the link may look: nothing here is more than the invite says. No script is needed anywhere. */
export function createPages(deps: ConferenceDeps): Page[] {
  const page = (path: string, methods: Page['methods'], run: (conference: Conference, request: PageRequest, words: JoinPageWords, language: string) => Promise<PageAnswer>): Page => ({
    path, ...(methods ? { methods } : {}),
    async handle(request) {
      const words = joinPageWords(request.language);
      const language = spokenIn(words, request.language);
      const id = request.params['id'] ?? '';
      const conference = /^[a-z2-7]{26}$/.test(id) ? await findById(deps.store.db, id) : null;
      if (!conference) return { status: 404, page: { title: words.unknown, language, main: html`<h1>${words.unknown}</h1><p>${words.unknownText}</p>` } };
      return run(conference, request, words, language);
    },
  });
  const shown = (title: string, language: string, main: Html, refreshSeconds?: number, refreshTo?: string): PageAnswer =>
    ({ status: 200, page: { title, language, main, ...(refreshSeconds === undefined ? {} : { refreshSeconds }), ...(refreshTo === undefined ? {} : { refreshTo }) } });
  const back = ({ id }: Conference, words: JoinPageWords): Html => html`<p><a href="/j/${id}">${words.back}</a></p>`;

  async function joinPage(conference: Conference, request: PageRequest, words: JoinPageWords, language: string, problem: string | null = null): Promise<PageAnswer> {
    const standing = await standingFor(deps, conference, request);
    const isGoingIn = standing.visit?.wantsIn === true && standing.verdict.admit && standing.hasWeb && problem === null;
    // From here the browser goes on by itself: a form's answer may not lead to another server (Content-Security-Policy), a page's refresh may.
    if (isGoingIn) return shown(words.goingIn, language, html`<h1>${words.goingIn}</h1><p><a class="button filled" href="/j/${conference.id}/enter">${words.joinNow}</a></p>`, 0, `/j/${conference.id}/enter`);
    const windows = await windowsOf(deps.store.db, conference.tenantId, conference.id);
    const given = { deps, conference, standing, windows, words, language, request, problem };
    // Only for whoever asked to wait: under anybody else's hands it would take away what they are typing.
    const isWaiting = standing.visit?.wantsIn === true;
    return shown(words.with(conference.ownerName), language, html`<div class="split"><section>${mainHtml(given)}</section><aside>${asideHtml(given)}</aside></div>`, isWaiting ? waitSeconds : undefined);
  }

  return [
    {
      path: '/help',
      async handle({ language }) {
        const words = joinPageWords(language);
        return shown(words.help, spokenIn(words, language), helpHtml(words));
      },
    },
    page('/j/:id', ['GET', 'POST'], async (conference, request, words, language) => {
      if (request.form.size === 0) return joinPage(conference, request, words, language);
      await wantIn(deps, conference, request);
      return { status: 303, location: `/j/${conference.id}` };
    }),
    page('/j/:id/enter', undefined, async (conference, request) => ({ status: 303, location: (await linkFor(deps, conference, request)) ?? `/j/${conference.id}` })),
    page('/j/:id/call', ['POST'], async (conference, request, words, language) => {
      try {
        await callMe(deps, conference, request);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const answer = await joinPage(conference, request, words, language, words.callProblems[error.problem.code] ?? words.callProblems['other'] ?? error.problem.message);
        return 'page' in answer ? { ...answer, status: error.status } : answer;
      }
      return { status: 303, location: `/j/${conference.id}?called` };
    }),
    page('/j/:id/event.ics', undefined, async (conference, request) => {
      const outright = await findOutright(deps.store.db, conference.tenantId, conference.id);
      const { isKnown } = await standingFor(deps, conference, request);
      // A stranger's file says as little as a stranger's page: above all not the passcode.
      const told = isKnown ? conference : { ...conference, subject: joinPageWords(conference.language).with(conference.ownerName) };
      const organizer = { name: conference.ownerName, address: conference.ownerAddress };
      const windows = await windowsOf(deps.store.db, conference.tenantId, conference.id);
      const content = await icsFor(deps, told, outright, conference.state === 'cancelled' ? 'CANCEL' : 'PUBLISH', organizer, [], { windows, details: isKnown });
      return { status: 200, file: { name: 'conference.ics', type: 'text/calendar; charset=utf-8', content } };
    }),
    page('/j/:id/dial', undefined, async (conference, _request, words, language) => shown(words.allNumbers, language, html`<h1>${words.allNumbers}</h1>${numbersHtml(deps, conference, words, language)}${back(conference, words)}`)),
    page('/j/:id/help', undefined, async (conference, _request, words, language) => shown(words.help, language, html`${helpHtml(words)}${back(conference, words)}`)),
  ];
}

/** How often a page that waits looks again, seconds. */
const waitSeconds = 15;

/** The language that the words are really in: a screen reader must not read English aloud as French. */
function spokenIn(words: JoinPageWords, language: string): string {
  return words === joinPageWords('en') ? 'en' : language;
}
