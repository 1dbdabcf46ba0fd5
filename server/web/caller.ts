import type { Request, RequestHandler, Response } from 'express';
import type { Caller, Who } from '../../contract/endpoint.ts';
import { OurError, UserError } from '../domain/errors.ts';
import { cookieOf, languageCookie } from './identity/cookies.ts';
import { correlationOf } from './correlation.ts';
import { csrfHeader, isCsrfToken, sessionIdOf } from './identity/session.ts';
import type { ExchangeIdentity } from './identity/exchange-token.ts';
import type { Identity } from './identity/entra-token.ts';
import type { WebParts } from './settings.ts';

/** Header of the send ticket (design §9). */
export const ticketHeader = 'Tieline-Ticket';

export interface Callers {
  /** Middleware: finds out who calls and refuses whom `who` does not name. */
  identify(who: readonly Who[]): RequestHandler;
  /** Who called, after `identify`. */
  of(response: Response): Caller;
  /** Who is signed in, with the end of the token or the session; for the live stream. */
  signedIn(request: Request): Promise<{ caller: Caller; expiresAt: number }>;
}

/** Roles that an Entra app role may give. Deny by default: anything else is ignored. */
const grantable: readonly Who[] = ['operator', 'administrator', 'auditor'];
/** Roles that a session may carry. */
const whos: readonly Who[] = ['user', ...grantable];

/** Methods that change nothing: a page elsewhere may cause them, and can read nothing of the answer. */
const harmless = new Set(['GET', 'HEAD']);

/**
 * Makes the recognition of callers: a bearer token, else a send ticket where the endpoint takes one, else a browser's session, else the public.
 * A browser sends its cookie with whatever any page asks for: a change by session must carry the header that only our own pages can make.
 */
export function createCallers(parts: Pick<WebParts, 'verifyToken' | 'personFor' | 'exchangePersonFor' | 'verifyTicket' | 'sessions'>): Callers {
  const known = new WeakMap<Response, Caller>();

  async function signedIn(request: Request): Promise<{ caller: Caller; expiresAt: number }> {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const bySession = request.headers.authorization === undefined ? await withSession(request) : null;
    if (bySession) return bySession;
    if (token === undefined) throw new UserError(401, { code: 'sign-in-needed', message: 'This needs a signed-in person.', remedy: 'Sign in and try again.' });
    const identity = await parts.verifyToken(token);
    if ('exchangeAccount' in identity) return withExchange(request, identity);
    const person = await parts.personFor(identity);
    return { caller: { ...blank(request), ...person, name: identity.name, address: identity.address, roles: rolesOf(identity), ownSignIn: { entraTenant: identity.entraTenant, objectId: identity.objectId, token: () => token } }, expiresAt: identity.expiresAt };
  }

  /** Of an account that is not linked to a person yet only the endpoints that link it take notice. */
  async function withExchange(request: Request, { exchangeAccount, expiresAt }: ExchangeIdentity): Promise<{ caller: Caller; expiresAt: number }> {
    const { tenantId, person } = await parts.exchangePersonFor({ exchangeAccount, expiresAt });
    const roles: Who[] = person ? ['user', 'newcomer'] : ['newcomer'];
    return { caller: { ...blank(request), tenantId, personId: null, ...person, roles, exchangeAccount }, expiresAt };
  }

  async function withSession(request: Request): Promise<{ caller: Caller; expiresAt: number } | null> {
    const id = sessionIdOf(request);
    const session = id === undefined ? null : await parts.sessions.find(id);
    if (!session || id === undefined) return null;
    if (!harmless.has(request.method) && !isCsrfToken(id, request.get(csrfHeader) ?? '')) {
      throw new UserError(403, { code: 'csrf-refused', message: 'This request does not come from one of this browser\'s own pages.', remedy: `Send the token of GET /api/v1/session in the header ${csrfHeader}.` });
    }
    const { tenantId, personId, name, address, endsAt } = session;
    const roles = whos.filter((role) => session.roles.includes(role));
    return { caller: { ...blank(request), tenantId, personId, name, address, roles }, expiresAt: endsAt };
  }

  async function withTicket(request: Request): Promise<Caller> {
    const holder = await parts.verifyTicket(request.get(ticketHeader) ?? '');
    if (!holder) throw new UserError(401, { code: 'ticket-refused', message: 'The send ticket is not valid any more.', remedy: 'Open the invite again, or sign in.' });
    return { ...blank(request), tenantId: holder.tenantId, roles: ['ticket'], ticketFor: holder.conferenceId };
  }

  async function find(request: Request, who: readonly Who[]): Promise<Caller> {
    if (request.headers.authorization !== undefined) return (await signedIn(request)).caller;
    if (who.includes('ticket') && request.get(ticketHeader) !== undefined) return withTicket(request);
    if (who.includes('public')) return { ...blank(request), roles: ['public'] };
    return (await signedIn(request)).caller;
  }

  return {
    identify: (who) => async (request, response, next) => {
      const caller = await find(request, who);
      const isPublic = who.includes('public');
      if (isNewcomer(caller) && !who.includes('newcomer')) throw linkNeeded();
      if (!isPublic && !caller.roles.some((role) => who.includes(role))) {
        throw new UserError(403, { code: 'not-allowed', message: 'You are signed in, but this is not for you.', remedy: 'Ask an administrator for the right.' });
      }
      known.set(response, caller);
      next();
    },
    of(response) {
      const caller = known.get(response);
      if (!caller) throw new OurError('asked for the caller before they were identified');
      return caller;
    },
    async signedIn(request) {
      const found = await signedIn(request);
      if (isNewcomer(found.caller)) throw linkNeeded();
      return found;
    },
  };
}

function isNewcomer({ personId, exchangeAccount }: Caller): boolean {
  return exchangeAccount !== undefined && personId === null;
}

function linkNeeded(): UserError {
  return new UserError(401, { code: 'exchange-link-needed', message: 'Exchange knows you, but it does not say your address.', remedy: 'Prove your address once, with the code that Tieline mails to it.' });
}

function rolesOf(identity: Identity): Who[] {
  return ['user', ...grantable.filter((role) => identity.roles.includes(role))];
}

function blank(request: Request): Caller {
  return { tenantId: '', personId: null, name: '', address: '', roles: [], ticketFor: null, language: languageOf(request), correlationId: correlationOf(request) };
}

/** The language that a page's own link asks for, or asked for before, else the first that the caller accepts, two letters; English when they do not say. */
export function languageOf(request: Request): string {
  const asked = request.query['lang'];
  if (typeof asked === 'string' && /^[a-z]{2}$/.test(asked)) return asked;
  const kept = cookieOf(request, languageCookie) ?? '';
  if (/^[a-z]{2}$/.test(kept)) return kept;
  return /^([a-z]{2})\b/i.exec(request.headers['accept-language'] ?? '')?.[1]?.toLowerCase() ?? 'en';
}
