import type { Request, Response } from 'express';

/**
 * Our cookies. `__Host-` binds each to this very host, https and the path `/` (RFC 6265bis §4.1.3.2), so that no neighbour under the same domain can plant one.
 * Lax: a link in a mail must arrive signed in; nothing that changes anything is a GET.
 */
const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/** The language that somebody chose on a page. */
export const languageCookie = '__Host-tieline-language';

/** Value of a cookie; undefined when there is none, or two: then one of them was planted. */
export function cookieOf(request: Request, name: string): string | undefined {
  const found = (request.headers.cookie ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Without `lifeMs` it lives as long as the browser's window. */
export function setCookie(response: Response, name: string, value: string, lifeMs?: number): void {
  response.cookie(name, value, { ...attributes, ...(lifeMs === undefined ? {} : { maxAge: lifeMs }), encode: String });
}

export function clearCookie(response: Response, name: string): void {
  response.clearCookie(name, attributes);
}
