import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { clearCookie, cookieOf, setCookie } from './cookies.ts';

/** Who is signed in with a browser, as the accounts know them. Instants epoch ms, UTC. */
export interface WebSession {
  tenantId: string;
  personId: string;
  name: string;
  address: string;
  roles: readonly string[];
  /** Id of the OpenID provider that vouched. */
  provider: string;
  endsAt: number;
}

/** What web/ asks of whoever keeps the sessions. */
export interface WebSessions {
  begin(who: Omit<WebSession, 'endsAt'>): Promise<string>;
  find(id: string): Promise<WebSession | null>;
  end(id: string): Promise<void>;
}

const sessionCookie = '__Host-tieline';
/** Names a browser that nobody is signed in with, so that its forms can be told from forged ones. */
const visitCookie = '__Host-tieline-visit';
const visitMs = 30 * 24 * 60 * 60_000;

/** Header by which a page's script shows that it is ours. */
export const csrfHeader = 'Tieline-Csrf';

export function sessionIdOf(request: Request): string | undefined {
  return cookieOf(request, sessionCookie);
}

export function showSession(response: Response, id: string): void {
  setCookie(response, sessionCookie, id);
}

export function forgetSession(response: Response): void {
  clearCookie(response, sessionCookie);
}

/** The browser's own secret, given to it when it has none. */
export function visitOf(request: Request, response: Response): string {
  const known = cookieOf(request, visitCookie);
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return known;
  const fresh = randomBytes(32).toString('base64url');
  setCookie(response, visitCookie, fresh, visitMs);
  return fresh;
}

/** A name of the browser that may be stored: nobody gets back to the cookie from it. */
export function browserName(visit: string): string {
  return createHash('sha256').update(`browser ${visit}`).digest('base64url');
}

/** Token against forged requests: only a page of ours, in the browser that has the cookie, can know it. */
export function csrfToken(secret: string): string {
  return createHmac('sha256', secret).update('csrf').digest('base64url');
}

export function isCsrfToken(secret: string, shown: string): boolean {
  const expected = Buffer.from(csrfToken(secret));
  const given = Buffer.from(shown);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
