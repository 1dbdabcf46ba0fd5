import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { html } from '../../domain/html.ts';
import { TheirError, UserError } from '../../domain/errors.ts';
import type { Log } from '../../ports/log.ts';
import type { Page, PageAnswer, PageContent, PageRequest } from '../../ports/page.ts';
import { webSignInWords } from '../../../words/web-sign-in.ts';
import { webShellWords } from '../../../words/web-shell.ts';
import { languageOf } from '../caller.ts';
import { cookieOf, languageCookie, setCookie } from '../identity/cookies.ts';
import { correlationOf } from '../correlation.ts';
import { pageHtml } from './page-shell.ts';
import { browserName, csrfToken, isCsrfToken, sessionIdOf, visitOf, type WebSession, type WebSessions } from '../identity/session.ts';
import { isZone, zoneCookie, zoneScript } from './zone-script.ts';

export interface PageParts {
  pages: readonly Page[];
  publicUrl: string;
  organisation: string;
  sessions: WebSessions;
  hasSignIn: boolean;
  log: Log;
}

const yearMs = 365 * 24 * 60 * 60_000;

/** Longest form: an event with 500 attendees and notes. */
const longestForm = '128kb';

/** What a page's request is made of, found out once. */
interface Visit {
  session: WebSession | null;
  csrf: string;
  secret: string;
  browser: string;
}

export interface PageDesk {
  /** Answers a page, in the shell. */
  send(request: Request, response: Response, status: number, content: PageContent): Promise<void>;
  /** Refuses a form that is not one of our own pages'. Throws UserError 403. */
  checkForm(request: Request, response: Response): Promise<WebSession | null>;
  readonly form: RequestHandler;
}

/** What all server-rendered pages share: who is signed in, forms that are ours, the shell around the content. */
export function createPageDesk({ publicUrl, organisation, sessions, hasSignIn }: Omit<PageParts, 'pages' | 'log'>): PageDesk & { visit(request: Request, response: Response): Promise<Visit> } {
  const visits = new WeakMap<Response, Promise<Visit>>();

  function visit(request: Request, response: Response): Promise<Visit> {
    const known = visits.get(response) ?? look(request, response);
    visits.set(response, known);
    return known;
  }

  async function look(request: Request, response: Response): Promise<Visit> {
    const id = sessionIdOf(request);
    const session = id === undefined ? null : await sessions.find(id);
    const own = visitOf(request, response);
    const secret = session && id !== undefined ? id : own;
    return { session, secret, csrf: csrfToken(secret), browser: browserName(own) };
  }

  return {
    visit,
    form: express.urlencoded({ extended: false, limit: longestForm, parameterLimit: 1_000 }),
    async checkForm(request, response) {
      const { secret, session } = await visit(request, response);
      const origin = request.get('origin');
      const isForeign = (origin !== undefined && origin !== new URL(publicUrl).origin) || !['same-origin', undefined].includes(request.get('sec-fetch-site'));
      if (!isForeign && isCsrfToken(secret, formOf(request).get('csrf') ?? '')) return session;
      throw new UserError(403, { code: 'form-refused', message: 'This form is not one of this browser\'s own pages.', remedy: 'Open the page again and repeat it there.' });
    },
    async send(request, response, status, content) {
      const { session, csrf } = await visit(request, response);
      const language = languageOf(request);
      if (request.query['lang'] === language) setCookie(response, languageCookie, language, yearMs);
      const shell = {
        // What came back from a provider is nobody's to follow again.
        organisation, language, here: new URL(request.path.startsWith('/sign-in') ? '/sign-in' : request.originalUrl, publicUrl), signedIn: session?.name ?? null, csrf, hasSignIn, words: webShellWords(language),
      };
      response.status(status).set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' }).type('html').send(pageHtml(content, shell));
    },
  };
}

/** Routes for the pages of features. */
export function pageRoutes({ pages, log, ...parts }: PageParts): Router {
  const router = Router();
  const desk = createPageDesk(parts);
  router.get('/pages/zone.js', (_request, response) => void response.type('text/javascript').set('Cache-Control', 'public, max-age=86400').send(zoneScript));
  for (const page of pages) router.all(page.path, desk.form, answerOf(page));

  function answerOf(page: Page): RequestHandler {
    const methods = page.methods ?? ['GET'];
    return async (request, response) => {
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      if (!methods.some((each) => each === method)) {
        response.set('Allow', methods.join(', '));
        throw new UserError(405, { code: 'wrong-method', message: `Only ${methods.join(' or ')} here.` });
      }
      try {
        const { session, csrf, browser } = await desk.visit(request, response);
        if (method === 'POST') await desk.checkForm(request, response);
        if (page.who !== undefined && page.who !== 'anybody') {
          if (!session) return response.redirect(303, `/sign-in?return=${encodeURIComponent(method === 'GET' ? request.originalUrl : '/app/')}`);
          if (!session.roles.includes(page.who)) throw new UserError(403, { code: 'not-allowed', message: 'This page is not for you.' });
        }
        await send(await page.handle({ ...asked(request), visitor: session, csrf, browser }), request, response);
      } catch (error) {
        await fail(error, request, response);
      }
    };
  }

  async function send(answer: PageAnswer, request: Request, response: Response): Promise<void> {
    if ('page' in answer) return desk.send(request, response, answer.status, answer.page);
    if ('location' in answer) return response.redirect(303, answer.location);
    const { name, type, content } = answer.file;
    response.status(200).set({ 'Cache-Control': 'no-store', 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"` }).send(content);
  }

  /** A person reads it, so it is a page and not a problem document; what is ours is thrown on, to the log. */
  async function fail(error: unknown, request: Request, response: Response): Promise<void> {
    if (!(error instanceof UserError) && !(error instanceof TheirError)) throw error;
    if (error instanceof TheirError) log.warn({ correlationId: correlationOf(request), code: `${error.connector}-${error.fault}`, err: error }, 'a page failed by another system');
    await desk.send(request, response, error instanceof UserError ? error.status : 503, troublePage(error, languageOf(request), correlationOf(request)));
  }

  return router;
}

/** What a person is told when something went wrong. */
export function troublePage(error: UserError | TheirError, language: string, correlationId: string): PageContent {
  const words = webSignInWords(language);
  if (error instanceof UserError && error.problem.code === 'form-refused') return { title: words.formOld, main: html`<h1>${words.formOld}</h1><p>${words.formOldText}</p>` };
  if (error instanceof UserError && error.problem.code === 'not-allowed') return { title: words.notAllowed, main: html`<h1>${words.notAllowed}</h1>` };
  // Their words may name hosts and accounts; they are in the log.
  const said = error instanceof UserError ? [error.problem.message, error.problem.remedy] : [];
  return { title: words.failed, main: html`<h1>${words.failed}</h1>${said.map((line) => html`<p lang="en">${line}</p>`)}<p class="soft">${words.reference(correlationId)}</p>` };
}

function asked(request: Request): Omit<PageRequest, 'visitor' | 'csrf' | 'browser'> {
  const query = new URL(request.originalUrl, 'http://page').searchParams;
  const zone = query.get('zone') ?? decodeURIComponent(cookieOf(request, zoneCookie) ?? '').slice(0, 64);
  return {
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query, form: formOf(request), language: languageOf(request), timeZone: isZone(zone) ? zone : null, address: request.ip ?? '',
  };
}

function formOf(request: Request): URLSearchParams {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return new URLSearchParams();
  return new URLSearchParams(Object.entries(body).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, String(each)])));
}
