import { readFile } from 'node:fs/promises';
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { OurError, TheirError } from '../../../domain/errors.ts';
import { shortRetry, withRetry } from '../../../outbound/retry.ts';
import { createTokenCache } from '../../../outbound/token-cache.ts';
import type { AccessToken, TokenCache } from '../../../outbound/token-cache.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ImapConfig } from '../config.ts';
import type { FormPost } from './http.ts';

export interface TokensOptions { config: ImapConfig; env: Readonly<Record<string, string | undefined>>; post: FormPost; clock: Clock; random: () => number }

const tokenAnswer = z.object({ access_token: z.string().min(1).max(16_384), expires_in: z.coerce.number().positive().max(86_400).catch(3_600) });
const tokenRefusal = z.object({ error: z.string().max(128), error_description: z.string().max(2_048).optional() });

/** A service account's key file, as Google Cloud gives it. */
const keyFileShape = z.object({ client_email: z.email(), private_key: z.string().min(1), private_key_id: z.string().optional(), token_uri: z.url({ protocol: /^https$/ }) });

/** Assertions are used at once; Google takes up to an hour. */
const assertionSeconds = 300;

/** What to do about a refusal, by OAuth 2's own word (RFC 6749 5.2) and Google's use of it. */
const remedies: Readonly<Record<string, string>> = {
  invalid_client: 'The sign-in service does not know this client id with this secret: correct clientId, or set the environment variable to the secret and start again.',
  unauthorized_client: 'In the Google Admin console, under Security, API controls, Domain-wide delegation, add the service account\'s client ID with the scope https://mail.google.com/.',
  invalid_grant: 'See that this mailbox exists in the domain, that the service account\'s key was not revoked, and that this machine\'s clock is right.',
  invalid_scope: 'The sign-in service does not know this scope: correct scope.',
  access_denied: 'The sign-in service refuses this client: an administrator there must allow it.',
};

/**
 * Access tokens by login: one for all where our own client opens every mailbox, one for each where a service account stands for its owner. Null with a master
 * user, who has a password.
 */
export function createTokens(options: TokensOptions): { of: (login: string) => Promise<string>; drop: (login: string, token: string) => void } | null {
  const { auth } = options.config;
  if (auth.masterUser) return null;
  const isForEach = auth.googleServiceAccount !== undefined;
  const cache: TokenCache = createTokenCache({ clock: options.clock, fetch: (key) => withRetry({ clock: options.clock, policy: shortRetry, repeat: 'always', random: options.random }, () => ask(options, key)) });
  const keyOf = (login: string): string => (isForEach ? login : 'all');
  return { of: (login) => cache.get(keyOf(login)), drop: (login, token) => cache.drop(keyOf(login), token) };
}

async function ask(options: TokensOptions, login: string): Promise<AccessToken> {
  const { config: { instance, auth }, post, clock } = options;
  const askedAt = clock.now();
  const { url, form } = auth.googleServiceAccount ? await delegated(options, login) : await clientForm(options);
  const { status, text, retryAfter } = await post(url, form);
  const body = parsed(text);
  const answer = tokenAnswer.safeParse(body);
  if (status === 200 && answer.success) return { token: answer.data.access_token, expiresAt: askedAt + answer.data.expires_in * 1_000 };
  if (status === 429 || status >= 500) {
    const seconds = Number(retryAfter);
    throw new TheirError(instance, status === 429 ? 'throttled' : 'unavailable', `ask for a token: HTTP ${status}`, Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(3_600, seconds) * 1_000 } : {});
  }
  const refusal = tokenRefusal.safeParse(body);
  if (!refusal.success) throw new TheirError(instance, 'unreadable', `ask for a token: HTTP ${status}, and the answer is none of OAuth 2`, { remedy: 'See that the token endpoint is right and that no proxy answers in its place.' });
  const word = refusal.data.error.replaceAll(/[^\w.-]/g, '');
  throw new TheirError(instance, 'denied', `ask for a token: ${word}`, { remedy: remedies[word] ?? 'See the sign-in service\'s log for why this client is refused.' });
}

async function clientForm({ config: { instance, auth }, env }: TokensOptions): Promise<{ url: string; form: Record<string, string> }> {
  const client = auth.clientCredentials;
  if (!client) throw new OurError('a token was asked for without a way to get one');
  const secret = env[client.clientSecretEnv];
  if (!secret) throw new TheirError(instance, 'denied', `the environment variable ${client.clientSecretEnv} is empty`, { remedy: `Set ${client.clientSecretEnv} to the client's secret and start again.` });
  return { url: client.tokenUrl, form: { grant_type: 'client_credentials', client_id: client.clientId, client_secret: secret, ...(client.scope === undefined ? {} : { scope: client.scope }) } };
}

/** RFC 7523: the service account says, signed, that it acts for the mailbox's owner (developers.google.com/identity/protocols/oauth2/service-account). */
async function delegated({ config: { instance, auth }, clock }: TokensOptions, login: string): Promise<{ url: string; form: Record<string, string> }> {
  const account = auth.googleServiceAccount;
  if (!account) throw new OurError('a delegated token was asked for without a service account');
  // Read each time, so that a new key is taken up.
  const text = await readFile(account.keyFile, 'utf8').catch((cause: unknown) => {
    throw new TheirError(instance, 'denied', 'the file of auth.googleServiceAccount.keyFile cannot be read', { cause, remedy: 'Correct keyFile, or give the server\'s user the right to read it.' });
  });
  const key = keyFileShape.safeParse(parsed(text));
  if (!key.success) throw new TheirError(instance, 'denied', 'the file of auth.googleServiceAccount.keyFile is no key of a service account', { remedy: 'Make a key of type JSON for the service account in Google Cloud, and name its file.' });
  const { client_email: issuer, private_key: pem, private_key_id: kid, token_uri: url } = key.data;
  try {
    const seconds = Math.floor(clock.now() / 1_000);
    const assertion = await new SignJWT({ scope: account.scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
      .setIssuer(issuer).setSubject(login).setAudience(url).setIssuedAt(seconds).setExpirationTime(seconds + assertionSeconds)
      .sign(await importPKCS8(pem, 'RS256'));
    return { url, form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion } };
  } catch (cause) {
    throw new TheirError(instance, 'denied', 'the service account\'s key cannot sign', { cause, remedy: 'Make a new key of type JSON for the service account, and name its file.' });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
