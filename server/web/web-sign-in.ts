import { createHash, randomBytes } from 'node:crypto';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { webSignInWords } from '../../words/web-sign-in.ts';
import { html } from '../domain/html.ts';
import { TheirError, UserError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { languageOf } from './caller.ts';
import { clearCookie, cookieOf, setCookie } from './identity/cookies.ts';
import { correlationOf } from './correlation.ts';
import type { OidcClient } from './identity/oidc.ts';
import type { WebIdentity } from './identity/oidc-identity.ts';
import { troublePage, type PageDesk } from './pages/pages.ts';
import { forgetSession, sessionIdOf, showSession, type WebSessions } from './identity/session.ts';
import type { KnownPerson } from './settings.ts';

export interface WebSignInParts {
  clients: readonly OidcClient[];
  sessions: WebSessions;
  personFor(identity: WebIdentity): Promise<KnownPerson>;
  desk: PageDesk;
  log: Log;
}

/** One attempt to sign in: `<secret>.<where to go afterwards>`. The browser keeps it, so an answer that another browser began is refused (login CSRF). */
const attemptCookie = '__Host-tieline-sign-in';
const attemptMs = 10 * 60_000;
const home = '/app/';

/** `/sign-in`, the way to each provider and back, `/sign-out`. */
export function webSignInRoutes({ clients, sessions, personFor, desk, log }: WebSignInParts): Router {
  const router = Router();

  const guarded = (run: (request: Request, response: Response) => Promise<void>): RequestHandler => async (request, response) => {
    try {
      await run(request, response);
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof TheirError)) throw error;
      const reason = error instanceof UserError ? error.problem.code : error.fault;
      // Whoever administers sees why; the address of a person, a code or a token is never in it.
      log.warn({ correlationId: correlationOf(request), reason, message: error.message, cause: causeOf(error) }, 'a web sign-in failed');
      const page = troublePage(error, languageOf(request), correlationOf(request));
      const words = webSignInWords(languageOf(request));
      await desk.send(request, response, error instanceof UserError ? error.status : 503, { ...page, main: html`${page.main}<p><a class="button" href="/sign-in">${words.again}</a></p>` });
    }
  };

  router.get('/sign-in', guarded(async (request, response) => {
    const words = webSignInWords(languageOf(request));
    const back = wantedPath(request);
    const [only, ...more] = clients;
    if (!only) return desk.send(request, response, 404, { title: words.none, main: html`<h1>${words.none}</h1><p>${words.noneText}</p>` });
    if (more.length === 0) return response.redirect(303, way(only, back));
    const buttons = clients.map((each) => html`<p><a class="button wide" href="${way(each, back)}">${words.with(each.provider.name)}</a></p>`);
    return desk.send(request, response, 200, { title: words.title, main: html`<h1>${words.title}</h1><p>${words.text}</p>${buttons}` });
  }));

  router.get('/sign-in/:provider', guarded(async (request, response) => {
    const client = clientOf(request);
    const secret = randomBytes(32).toString('base64url');
    const url = await client.authorizationUrl(attempt(secret, client));
    setCookie(response, attemptCookie, `${secret}.${Buffer.from(wantedPath(request)).toString('base64url')}`, attemptMs);
    response.set('Cache-Control', 'no-store').redirect(303, url.href);
  }));

  router.get('/sign-in/:provider/callback', guarded(async (request, response) => {
    const client = clientOf(request);
    const [secret = '', back = ''] = (cookieOf(request, attemptCookie) ?? '').split('.');
    // Good once, whatever comes of it.
    clearCookie(response, attemptCookie);
    if (!/^[\w-]{43}$/.test(secret)) throw new UserError(401, { code: 'sign-in-lost', message: 'This browser did not begin this sign-in, or began it too long ago.', remedy: 'Sign in again, from the beginning.' });
    const identity = await client.redeem(attempt(secret, client), new URL(request.originalUrl, 'http://page').search.slice(1));
    const person = await personFor(identity);
    const old = sessionIdOf(request);
    if (old !== undefined) await sessions.end(old);
    const { name, address, roles, provider } = identity;
    showSession(response, await sessions.begin({ ...person, name, address, roles, provider }));
    log.info({ correlationId: correlationOf(request), provider, personId: person.personId, roles }, 'somebody signed in on the web');
    response.set('Cache-Control', 'no-store').redirect(303, localPath(Buffer.from(back, 'base64url').toString()));
  }));

  router.post('/sign-out', desk.form, guarded(async (request, response) => {
    const session = await desk.checkForm(request, response);
    const id = sessionIdOf(request);
    if (id !== undefined) await sessions.end(id);
    forgetSession(response);
    response.redirect(303, session ? `/signed-out?of=${encodeURIComponent(session.provider)}` : '/signed-out');
  }));

  router.get('/signed-out', guarded(async (request, response) => {
    const words = webSignInWords(languageOf(request));
    const client = clients.find(({ provider }) => provider.provider === request.query['of']);
    // Their sign-out is a courtesy: with the provider away, ours has been done all the same.
    const there = await client?.endSessionUrl().catch(() => null);
    const link = client && there && html`<p><a href="${there.href}">${words.alsoThere(client.provider.name)}</a></p>`;
    await desk.send(request, response, 200, { title: words.signedOut, main: html`<h1>${words.signedOut}</h1><p><a class="button" href="/sign-in">${words.again}</a></p>${link}` });
  }));

  function clientOf(request: Request): OidcClient {
    const client = clients.find(({ provider }) => provider.provider === request.params['provider']);
    if (client) return client;
    throw new UserError(404, { code: 'provider-unknown', message: 'There is no such sign-in service here.' });
  }

  return router;
}

/** Bound to the provider: a secret that began a sign-in with one is none for another. */
function attempt(secret: string, { provider }: OidcClient): string {
  return createHash('sha256').update(`${provider.provider} ${secret}`).digest('base64url');
}

function way({ provider }: OidcClient, back: string): string {
  return `/sign-in/${provider.provider}?return=${encodeURIComponent(back)}`;
}

function wantedPath(request: Request): string {
  const wanted = request.query['return'];
  return typeof wanted === 'string' ? localPath(wanted) : home;
}

/** Only a path of ours: whatever would lead elsewhere leads home instead (open redirect). */
function localPath(wanted: string): string {
  const at = 'https://here.invalid';
  if (!wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted) || !URL.canParse(wanted, at)) return home;
  const url = new URL(wanted, at);
  return url.origin === at ? `${url.pathname}${url.search}${url.hash}` : home;
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? `${error.cause.name}: ${'code' in error.cause ? String(error.cause.code) : ''}` : undefined;
}
