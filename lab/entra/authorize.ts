import type { ServerResponse } from 'node:http';
import type { AppRegistration, DirectoryPerson } from './types.ts';
import { EntraError } from './types.ts';
import type { GrantContext } from './grants.ts';
import { grantedScopes, readScopes } from './scopes.ts';
import { escapeHtml, sendHtml } from '../http.ts';

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.4 "Segoe UI",system-ui,sans-serif;max-width:22rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.4rem;font-weight:600}
button{display:block;width:100%;margin:.5rem 0;padding:.7rem 1rem;text-align:left;font:inherit;border:1px solid #8a8886;border-radius:4px;background:#fff;cursor:pointer}
button:hover,button:focus{outline:2px solid #0f6cbd}small{color:#616161;display:block}</style></head><body>${content}</body></html>`;
}

/** The lab's sign-in: one button for each person. It asks for no password, because it guards nothing. */
function pickPerson(app: AppRegistration, people: readonly DirectoryPerson[], query: URLSearchParams): string {
  const fields = [...query].filter(([name]) => name !== 'login').map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  const buttons = people.map(({ id, name, address }) => `<button name="login" value="${escapeHtml(id)}">${escapeHtml(name)}<small>${escapeHtml(address)}</small></button>`).join('');
  return page('Sign in (lab)', `<h1>Pick an account</h1><p>to go on to ${escapeHtml(app.name)}. This is the lab: no password, nothing real.</p><form method="get">${fields}${buttons}</form>`);
}

function sendBack(response: ServerResponse, query: URLSearchParams, values: Record<string, string>): void {
  const target = query.get('redirect_uri') ?? '';
  const state = query.get('state');
  const answer = new URLSearchParams({ ...values, ...(state === null ? {} : { state }) });
  if (query.get('response_mode') === 'form_post') {
    const fields = [...answer].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
    return sendHtml(response, 200, page('Working…', `<form method="post" action="${escapeHtml(target)}">${fields}<button>Continue</button></form><script>document.forms[0].submit()</script>`));
  }
  const glue = query.get('response_mode') === 'fragment' ? '#' : target.includes('?') ? '&' : '?';
  response.writeHead(302, { location: `${target}${glue}${answer.toString()}`, 'cache-control': 'no-store' });
  response.end();
}

/**
 * `/authorize`: shows the people; with one picked (`login`), sends the browser back with a code. Errors that concern the app itself are shown, never redirected,
 * so that a wrong redirect address is no open door.
 */
export function authorize({ options, sessions }: GrantContext, query: URLSearchParams, response: ServerResponse): void {
  const app = options.apps.find(({ clientId }) => clientId === query.get('client_id'));
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app || ![...(app.redirectUris ?? []), ...(app.spaRedirectUris ?? [])].includes(redirectUri)) {
    const error = app ? new EntraError('invalid_request', 50011, `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'.`) : new EntraError('unauthorized_client', 700016, 'The application was not found in the directory.');
    return sendHtml(response, 400, page('Sign in', `<h1>Sorry, but we're having trouble signing you in.</h1><p>${escapeHtml(error.message)}</p>`));
  }
  try {
    if (query.get('response_type') !== 'code') throw new EntraError('unsupported_response_type', 700054, `response_type '${query.get('response_type') ?? ''}' is not enabled for the application.`);
    const challenge = query.get('code_challenge');
    if (challenge !== null && query.get('code_challenge_method') !== 'S256') throw new EntraError('invalid_request', 9002313, 'The code_challenge_method has to be S256.');
    const resource = readScopes(query.get('scope') ?? '', options.apps);
    if (resource) grantedScopes(app, resource);
    if (query.get('prompt') === 'none') throw new EntraError('login_required', 50058, 'A silent sign-in request was sent but no user is signed in.');
    const login = query.get('login');
    if (login === null) return sendHtml(response, 200, pickPerson(app, options.people(), query));
    if (!options.people().some(({ id }) => id === login)) throw new EntraError('access_denied', 50034, 'The user account does not exist in the directory.');
    const code = sessions.newCode({ clientId: app.clientId, personId: login, redirectUri, scope: query.get('scope') ?? '', nonce: query.get('nonce'), challenge });
    sendBack(response, query, { code, session_state: login });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    sendBack(response, query, { error: error.error, error_description: error.message });
  }
}
