/**
 * A token service of OAuth 2 as mail systems use it without a person: client credentials (RFC 6749 4.4), and assertions by which a service account acts for
 * somebody (RFC 7523), as Google's does. The mail server asks here whether a token is good, or checks its signature.
 */
import { randomBytes } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import type { LabClock } from '../clock.ts';
import { readBody, sendJson } from '../http.ts';
import type { Handler } from '../http.ts';

export interface OauthOptions {
  clock: LabClock;
  /** Where it stands: `/token` below this. */
  origin: () => string;
  client?: { id: string; secret: string };
  /** A service account with domain-wide delegation: its address, its public key (PEM), and for whom it may act. */
  serviceAccount?: { email: string; publicKey: string; mayActFor: (login: string) => boolean };
  lifeSeconds?: number;
  /** Makes the token's text, for a mail server that checks signatures itself; opaque otherwise. */
  mint?: (login: string | null, lifeSeconds: number) => string | Promise<string>;
}

export interface Oauth {
  handle: Handler;
  /** True when the token is good for this login now. */
  verify(token: string, login: string): boolean;
  /** All tokens so far are good no more. */
  revokeAll(): void;
  /** Tokens given so far. */
  readonly given: number;
  /** Answers 503 while true. */
  isDown: boolean;
}

interface Given { login: string | null; expiresAt: number }

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const usualLife = 3_599;

export function createOauth({ clock, origin, client, serviceAccount, lifeSeconds = usualLife, mint = () => randomBytes(24).toString('base64url') }: OauthOptions): Oauth {
  const tokens = new Map<string, Given>();
  let given = 0;

  async function issue(login: string | null): Promise<{ access_token: string; expires_in: number; token_type: string }> {
    const token = await mint(login, lifeSeconds);
    tokens.set(token, { login, expiresAt: clock.now() + lifeSeconds * 1_000 });
    given += 1;
    return { access_token: token, expires_in: lifeSeconds, token_type: 'Bearer' };
  }

  /** For whom an assertion speaks. Throws the word of a refusal. */
  async function subjectOf(assertion: string): Promise<string> {
    if (!serviceAccount) throw new Error('invalid_client');
    const { payload } = await jwtVerify(assertion, await importSPKI(serviceAccount.publicKey, 'RS256'), { issuer: serviceAccount.email, audience: `${origin()}/token`, currentDate: new Date(clock.now()) }).catch(() => {
      throw new Error('invalid_grant');
    });
    if (payload['scope'] !== 'https://mail.google.com/') throw new Error('invalid_scope');
    if (!payload.sub || !serviceAccount.mayActFor(payload.sub)) throw new Error('unauthorized_client');
    return payload.sub;
  }

  async function answer(form: URLSearchParams): ReturnType<typeof issue> {
    if (form.get('grant_type') === jwtBearer) return issue(await subjectOf(form.get('assertion') ?? ''));
    if (form.get('grant_type') !== 'client_credentials') throw new Error('unsupported_grant_type');
    if (!client || form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) throw new Error('invalid_client');
    return issue(null);
  }

  const oauth: Oauth = {
    isDown: false,
    get given() {
      return given;
    },
    async handle(request, response) {
      if (new URL(request.url ?? '/', 'https://x').pathname !== '/token') return false;
      const form = new URLSearchParams(await readBody(request));
      if (oauth.isDown) sendJson(response, 503, { error: 'temporarily_unavailable' });
      else {
        await answer(form).then((body) => sendJson(response, 200, body), (error: unknown) => {
          const word = error instanceof Error ? error.message : 'invalid_request';
          sendJson(response, word === 'invalid_client' ? 401 : 400, { error: word, error_description: 'Refused.' });
        });
      }
      return true;
    },
    verify(token, login) {
      const known = tokens.get(token);
      return known !== undefined && known.expiresAt > clock.now() && (known.login === null || known.login.toLowerCase() === login.toLowerCase());
    },
    revokeAll: () => tokens.clear(),
  };
  return oauth;
}
