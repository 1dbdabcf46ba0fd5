import { ConfidentialClientApplication } from '@azure/msal-node';
import type { AuthenticationResult, INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import { shortRetry, withRetry } from '../../../outbound/retry.ts';
import type { AccessToken } from '../../../outbound/token-cache.ts';
import type { Clock } from '../../../ports/clock.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Credential } from './credential.ts';
import type { Transport } from './transport.ts';

export interface EntraOptions {
  connector: string;
  clientId: string;
  tenantId: string;
  /** Without the tenant and a slash at the end. */
  authority: string;
  credential: () => Promise<Credential>;
  transport: Transport;
  clock: Clock;
  random: () => number;
}

/** One tenant's sign-in service, asked as our app. */
export interface Entra {
  readonly connector: string;
  /** Makes one request for a token by `acquire`, again while its failure may pass. Throws TheirError, and for a refusal by Entra what `explain` makes of MSAL's error. */
  ask(acquire: (msal: ConfidentialClientApplication) => Promise<AuthenticationResult | null>, explain: (error: unknown) => Error): Promise<AccessToken>;
}

/** In errors. */
export const what = 'ask for a token';

/** An hour is what Entra gives when it does not say; we believe no more than a day. */
const lifeSeconds = { usual: 3_599, most: 86_400 };

/**
 * MSAL makes each request; keeping, renewing and repeating are ours: its own cache, retries and throttling look at the machine's clock. So each token has a
 * client of its own, which is cheap at one an hour for the app and for each person.
 */
export function createEntra({ connector, clientId, tenantId, authority, credential, transport, clock, random }: EntraOptions): Entra {
  async function attempt(...[acquire, explain]: Parameters<Entra['ask']>): Promise<AccessToken> {
    const network = createNetwork(connector, transport, clock);
    const { host } = new URL(authority);
    const askedAt = clock.now();
    const own = await credential();
    const msal = new ConfidentialClientApplication({
      auth: {
        clientId,
        authority: `${authority}/${tenantId}`,
        // Known in advance, so that MSAL asks nobody which hosts belong together and an air-gapped cloud or a stand-in works as well.
        knownAuthorities: [host],
        authorityMetadata: JSON.stringify(metadata(`${authority}/${tenantId}`)),
        ...('secret' in own ? { clientSecret: own.secret } : { clientAssertion: () => own.assertion({ clientId, audience: `${authority}/${tenantId}/oauth2/v2.0/token`, now: clock.now() }) }),
      },
      system: { networkClient: network.module, disableInternalRetries: true },
    });
    try {
      const result = await acquire(msal);
      if (!result?.accessToken) throw new TheirError(connector, 'unreadable', `${what}: the answer holds no token`);
      return { token: result.accessToken, expiresAt: askedAt + network.lifeSeconds() * 1_000 };
    } catch (error) {
      throw network.failure() ?? explain(error);
    }
  }

  return {
    connector,
    ask: (acquire, explain) => withRetry({ clock, policy: shortRetry, repeat: 'always', random }, () => attempt(acquire, explain)),
  };
}

/** The token's life in an answer, seconds; some clouds write it as text. */
const lifeTold = z.object({ expires_in: z.coerce.number().positive() });

/** What Entra's discovery document would say; all its clouds are built alike. */
function metadata(base: string): Record<string, string> {
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
}

/** MSAL's network over our transport, for one request. Remembers how long the token lives, and the failure that MSAL would wrap. */
function createNetwork(connector: string, transport: Transport, clock: Clock): { module: INetworkModule; failure: () => TheirError | null; lifeSeconds: () => number } {
  let failure: TheirError | null = null;
  let life = lifeSeconds.usual;

  async function send<T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    try {
      const response = await transport.send(what, url, { method, headers: options.headers ?? {}, body: options.body });
      if (response.status === 429 || response.status >= 500) {
        const fault = response.status === 429 ? 'throttled' : 'unavailable';
        const wait = retryAfterMs(response.headers.get('retry-after'), clock.now(), response.status === 429);
        throw new TheirError(connector, fault, `${what}: HTTP ${response.status}`, wait === undefined ? {} : { retryAfterMs: wait });
      }
      const body = await readJson<T>(response);
      const told = lifeTold.safeParse(body);
      if (told.success) life = Math.min(lifeSeconds.most, told.data.expires_in);
      return { status: response.status, headers: Object.fromEntries(response.headers), body };
    } catch (error) {
      if (error instanceof TheirError) failure = error;
      throw error;
    }
  }

  async function readJson<T>(response: Response): Promise<T> {
    try {
      const body: T = JSON.parse(await response.text());
      if (typeof body === 'object' && body !== null) return body;
    } catch {
      // No JSON at all; told below, without the text.
    }
    throw new TheirError(connector, 'unreadable', `${what}: HTTP ${response.status}, and the answer is no JSON`, {
      remedy: 'See that authority is the address of the sign-in service, and that no proxy answers in its place.',
    });
  }

  return {
    failure: () => failure,
    lifeSeconds: () => life,
    module: {
      sendGetRequestAsync: (url, options) => send('GET', url, options),
      sendPostRequestAsync: (url, options) => send('POST', url, options),
    },
  };
}
