import { createTokenCache } from '../../../outbound/token-cache.ts';
import type { TokenCache } from '../../../outbound/token-cache.ts';
import type { Clock } from '../../../ports/clock.ts';
import { what, type Entra } from './entra.ts';
import { signInError } from './sign-in-error.ts';

/** Application tokens by client credentials, kept by scope. */
export function createTokens(entra: Entra, clock: Clock): TokenCache {
  return createTokenCache({
    clock,
    fetch: (scope) => entra.ask((msal) => msal.acquireTokenByClientCredential({ scopes: [scope], skipCache: true }), (error) => signInError(entra.connector, what, error)),
  });
}
