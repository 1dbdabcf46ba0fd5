import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { createExchangeKeys, type ExchangeKeys } from './exchange-keys.ts';

/** An Exchange server of one's own whose identity tokens are taken. */
export interface ExchangeServer {
  /** Where it publishes its signing certificates: the token's `amurl` must be this. */
  metadataUrl: string;
  /** Addresses of the add-in, as its manifest says them: the token's `aud` must be one. */
  audiences: readonly string[];
}

/** Whom a checked identity token names. It says no name and no address: those are found out once (accounts/exchange/). */
export interface ExchangeIdentity {
  /** Metadata address and `msexchuid`, joined by a space: unique among all Exchange servers. */
  exchangeAccount: string;
  /** End of the token, epoch ms, UTC. */
  expiresAt: number;
}

/** Exchange writes its times as text in some versions. */
const seconds = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,12}$/).transform(Number)]);
const context = z.object({ msexchuid: z.string().min(1).max(320), version: z.string(), amurl: z.url() });
const claims = z.object({
  aud: z.string(), iss: z.string(), appctxsender: z.string(), nbf: seconds, exp: seconds,
  // An object in the documents, and JSON within a text in tokens.
  appctx: z.preprocess((value) => (typeof value === 'string' ? parsed(value) : value), context),
});

/** Exchange's own application id, the same everywhere. */
const exchange = '00000002-0000-0ff1-ce00-000000000000';
const version = 'ExIdTok.V1';
/** Machines' clocks differ; Microsoft recommends to allow for it. */
const toleranceMs = 60_000;

/** Whether a bearer token is one of these: not checked yet, only whose rules to check it by. */
export function isExchangeToken(token: string): boolean {
  try {
    return decodeJwt(token)['appctx'] !== undefined;
  } catch {
    // No token at all; whoever checks it says so.
    return false;
  }
}

/**
 * Makes the check of identity tokens of Exchange on premises, in the order that costs least: form, kind, server, audience, sender, times, signature.
 * The address of the keys stands in the token: it is compared with the list before anything is fetched.
 * @throws UserError 401, TheirError when the keys cannot be had
 */
export function createExchangeVerifier({ servers, ca }: { servers: readonly ExchangeServer[]; ca: string | undefined }, clock: Clock, keys: ExchangeKeys = createExchangeKeys({ ca, clock })): (token: string) => Promise<ExchangeIdentity> {
  return async (token) => {
    const thumbprint = thumbprintOf(token);
    const said = claims.safeParse(decodeJwt(token));
    if (!said.success) throw refused('The token of Exchange cannot be read.', undefined, said.error);
    const { aud, iss, appctxsender, nbf, exp, appctx } = said.data;
    if (appctx.version !== version) throw refused('The token is not meant for signing in.', 'The add-in must ask for an identity token.');
    const server = servers.find(({ metadataUrl }) => sameAddress(metadataUrl, appctx.amurl));
    if (!server) throw refused('The mailbox is on an Exchange server that may not sign in here.', 'An administrator can list its metadata address under signIn.exchange.');
    if (!server.audiences.some((each) => sameAddress(each, aud))) throw refused('The token was made for another add-in.', 'Compare signIn.exchange[].audience with the first SourceLocation in the manifest that is installed.');
    if (!isExchange(iss) || appctxsender.toLowerCase() !== iss.toLowerCase()) throw refused('The token does not come from Exchange itself.');
    const now = clock.now();
    if (now > exp * 1000 + toleranceMs) throw refused('The sign-in has expired.', 'Try again: Outlook asks Exchange for a new one.');
    if (now < nbf * 1000 - toleranceMs) throw refused('The token is not valid yet.', 'Set the clocks of the Exchange server and of this server right.');
    const key = await keys.find(server.metadataUrl, thumbprint);
    if (!key) throw refused('The token is signed with a certificate that Exchange does not publish.', 'Try again in a minute; if it stays, an administrator must look at the auth certificate of Exchange.');
    if (key.endsAt < now) throw refused('The auth certificate of Exchange has expired.', 'An administrator must renew it (Get-AuthConfig, Set-AuthConfig).');
    await compactVerify(token, key.publicKey, { algorithms: ['RS256'] }).catch((cause: unknown) => {
      throw refused('The token is not valid.', undefined, cause);
    });
    return { exchangeAccount: `${new URL(server.metadataUrl).href} ${appctx.msexchuid.toLowerCase()}`, expiresAt: exp * 1000 };
  };
}

/** The thumbprint of the certificate that is said to have signed; refuses every algorithm but the one of Exchange. */
function thumbprintOf(token: string): string {
  const { alg, typ, x5t } = decodeProtectedHeader(token);
  if (alg !== 'RS256' || typ !== 'JWT' || typeof x5t !== 'string' || x5t === '') throw refused('The token is not valid.');
  return x5t.replace(/=+$/, '');
}

function isExchange(principal: string): boolean {
  const [id, realm, ...more] = principal.split('@');
  return id?.toLowerCase() === exchange && realm !== undefined && realm !== '' && more.length === 0;
}

/** Case and default ports of a host do not matter; everything else does. */
function sameAddress(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Refused by the schema, with what it is.
    return text;
  }
}

function refused(message: string, remedy = 'Sign in again.', cause?: unknown): UserError {
  return new UserError(401, { code: 'sign-in-refused', message, remedy }, cause);
}
