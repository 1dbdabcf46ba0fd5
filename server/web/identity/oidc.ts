import { createHmac } from 'node:crypto';
import * as oidc from 'openid-client';
import { TheirError, UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { identityFrom, type IdentityRules, type WebIdentity } from './oidc-identity.ts';
import { trustingFetch } from './trusting-fetch.ts';

/** One OpenID provider of the configuration. */
export interface OidcProvider extends IdentityRules {
  /** Shown on the button: "Example GmbH". */
  name: string;
  issuer: string;
  clientId: string;
  /** None for a public client: PKCE alone then protects the code. */
  secret: string | undefined;
  scopes: readonly string[];
}

export interface OidcClient {
  readonly provider: OidcProvider;
  /** Where to send the browser. `secret` is this attempt's own, known to the browser and to us alone. */
  authorizationUrl(secret: string): Promise<URL>;
  /** Redeems the code that came back with `query`. @throws UserError, TheirError */
  redeem(secret: string, query: string): Promise<WebIdentity>;
  /** Where to sign out at the provider as well; null when it has no such place. Throws TheirError. */
  endSessionUrl(): Promise<URL | null>;
}

const deadlineSeconds = 10;
/** Machines' clocks differ. */
const toleranceSeconds = 60;
/** Far beyond any clock: the library looks at the machine's clock, we check the times by ours. */
const libraryTolerance = 10 * 365 * 24 * 3600;

/** Code flow with PKCE (S256), state and nonce. All three are derived from one secret in the browser's cookie, so that nothing of an attempt is stored here. */
export function createOidcClient(provider: OidcProvider, { publicUrl, ca, clock }: { publicUrl: string; ca: string | undefined; clock: Clock }): OidcClient {
  const ask = trustingFetch(ca);
  // Each provider has an address of its own to come back to: an answer of one cannot be taken for another's (mix-up, RFC 9207).
  const redirectUri = `${publicUrl}/sign-in/${provider.provider}/callback`;
  let known: Promise<oidc.Configuration> | undefined;

  async function configuration(): Promise<oidc.Configuration> {
    known ??= discover();
    try {
      return await known;
    } catch (error) {
      // Away now is not away for ever.
      known = undefined;
      throw error;
    }
  }

  async function discover(): Promise<oidc.Configuration> {
    const authentication = provider.secret === undefined ? oidc.None() : oidc.ClientSecretPost(provider.secret);
    try {
      return await oidc.discovery(new URL(provider.issuer), provider.clientId, { [oidc.clockTolerance]: libraryTolerance }, authentication, {
        timeout: deadlineSeconds,
        [oidc.customFetch]: async (url, { body, headers, method, redirect, signal }) => ask(url, { method, headers, redirect, signal, body: body instanceof URLSearchParams ? body : undefined }),
        // The signature of the ID token counts, though it comes over TLS from the provider itself.
        execute: [oidc.enableNonRepudiationChecks, ...(provider.issuer.startsWith('http://') ? [oidc.allowInsecureRequests] : [])],
      });
    } catch (error) {
      throw away(error);
    }
  }

  function away(cause: unknown): TheirError {
    return new TheirError(provider.provider, 'no-answer', 'the sign-in service cannot be asked', { cause, remedy: `Check that this server reaches ${provider.issuer}, and that it is the issuer exactly as the provider writes it.` });
  }

  return {
    provider,

    async authorizationUrl(secret) {
      const { state, nonce, verifier } = derived(secret);
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri, scope: provider.scopes.join(' '), state, nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      });
    },

    async redeem(secret, query) {
      const { state, nonce, verifier } = derived(secret);
      const config = await configuration();
      try {
        const answer = await oidc.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
        const claims = { ...answer.claims() };
        checkTimes(claims, clock.now());
        return identityFrom(claims, provider);
      } catch (error) {
        throw explain(error);
      }
    },

    async endSessionUrl() {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${publicUrl}/signed-out` });
    },
  };

  function explain(error: unknown): unknown {
    if (error instanceof UserError || error instanceof TheirError) return error;
    // The person said no, or the provider did: its word is a code of a fixed list.
    if (error instanceof oidc.AuthorizationResponseError) return refused(`The sign-in service said: ${error.error.replaceAll(/[^\w-]/g, '')}.`, error);
    if (error instanceof oidc.ResponseBodyError) return error.status >= 500 || error.status === 429 ? away(error) : refused('The sign-in service did not accept the answer of your browser.', error);
    if (isNetwork(error) || (error instanceof Error && error.cause instanceof Response && error.cause.status >= 500)) return away(error);
    return refused('The answer of the sign-in service is not the one that was asked for.', error);
  }
}

/** Failures of `fetch`, and deadlines: not of what was answered. */
function isNetwork(error: unknown): boolean {
  if (error instanceof oidc.ClientError) return error.code === 'OAUTH_TIMEOUT' || isNetwork(error.cause);
  return error instanceof TypeError || (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'));
}

function checkTimes(claims: Readonly<Record<string, unknown>>, now: number): void {
  const seconds = now / 1000;
  const { exp, nbf, iat } = claims;
  if (typeof exp !== 'number' || exp <= seconds - toleranceSeconds) throw refused('The sign-in has expired.');
  if (typeof nbf === 'number' && nbf > seconds + toleranceSeconds) throw refused('The sign-in is not valid yet.');
  if (typeof iat === 'number' && iat > seconds + toleranceSeconds) throw refused('The sign-in was made in the future.');
}

function refused(message: string, cause?: unknown): UserError {
  return new UserError(401, { code: 'sign-in-refused', message, remedy: 'Sign in again, from the beginning.' }, cause);
}

function derived(secret: string): { state: string; nonce: string; verifier: string } {
  const make = (what: string): string => createHmac('sha256', secret).update(what).digest('base64url');
  return { state: make('state'), nonce: make('nonce'), verifier: make('verifier') };
}
