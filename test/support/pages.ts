import type { PageRequest } from '../../server/ports/page.ts';
import type { Shell } from '../../server/web/pages/page-shell.ts';
import { webShellWords } from '../../words/web-shell.ts';

/** A request for a page by a stranger, and what stands around the answer; every part can be told otherwise. */

export function asked(more: Partial<PageRequest> = {}): PageRequest {
  return {
    params: {}, query: new URLSearchParams(), form: new URLSearchParams(), language: 'en', timeZone: null, visitor: null, csrf: 'token', browser: 'browser', address: '192.0.2.7', ...more,
  };
}

export const shell: Shell = {
  organisation: 'Test', language: 'en', here: new URL('https://tieline.example.com/'), signedIn: null, csrf: 'token', hasSignIn: true, words: webShellWords('en'),
};
