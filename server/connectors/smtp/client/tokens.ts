import { fetch } from 'undici';
import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import { createTokenCache, type TokenCache } from '../../../outbound/token-cache.ts';
import type { Clock } from '../../../ports/clock.ts';

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(3_599) });
const deadlineMs = 20_000;
const longestSeconds = 86_400;

/** Tokens for XOAUTH2 by client credentials, kept in memory until shortly before their end. */
export function createSmtpTokens({ instance, tokenUrl, clientId, secret, clock }: { instance: string; tokenUrl: string; clientId: string; secret: string; clock: Clock }): TokenCache {
  return createTokenCache({
    clock,
    fetch: (key) =>
      withDeadline({ clock, connector: instance, what: 'ask for a token', ms: deadlineMs }, async (signal) => {
        const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret, scope: key }).toString();
        const response = await fetch(tokenUrl, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body, signal, redirect: 'error' }).catch((cause: unknown) => {
          throw new TheirError(instance, 'unavailable', 'ask for a token: no answer', { cause });
        });
        if (response.status >= 500 || response.status === 429) throw new TheirError(instance, 'unavailable', `ask for a token: HTTP ${response.status}`);
        const read = answer.safeParse(response.ok ? await response.json().catch(() => null) : null);
        if (!read.success) throw new TheirError(instance, 'denied', `ask for a token: HTTP ${response.status}`, { remedy: 'Correct oauth (tokenUrl, clientId, secret, scope) of the mail server.' });
        return { token: read.data.access_token, expiresAt: clock.now() + Math.min(longestSeconds, read.data.expires_in) * 1_000 };
      }),
  });
}
