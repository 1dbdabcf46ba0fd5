import { createBudget } from '../../../outbound/budget.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import type { AccessToken, TokenCache } from '../../../outbound/token-cache.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { OwnSignIn } from '../../../ports/on-behalf.ts';
import type { Entra } from './entra.ts';
import { onBehalfError } from './on-behalf-error.ts';

/** Graph's tokens of people, by the on-behalf-of grant. Only in memory; the person's own token is gone when the exchange is over. */
export interface PersonTokens {
  /** Exchanges somebody's token, unless one of Graph is held that is good for a while. Throws UserError or TheirError. */
  takeUp(person: OwnSignIn): Promise<void>;
  /** The tokens of one person, as a call of Graph asks for them; null when none is held. */
  of(objectId: string): TokenCache | null;
}

export interface PersonTokensOptions {
  entra: Entra;
  clock: Clock;
  tenantId: string;
  /** The delegated permission, with the API in front of it. */
  scope: string;
  overallMs: number;
}

/** Taken up anew this long before they end, so that the work that follows a wish has time to repeat. */
const marginMs = 5 * 60_000;

/** Exchanges at a time. Entra tells no limit per app; a monday morning shall not become hundreds of requests at once. Ours. */
const mostAtOnce = 16;

export function createPersonTokens({ entra, clock, tenantId, scope, overallMs }: PersonTokensOptions): PersonTokens {
  const { connector } = entra;
  const kept = new Map<string, AccessToken>();
  const asking = new Map<string, Promise<void>>();
  const budget = createBudget({ clock, connector, limits: [{ name: 'tokens of people', per: 'all', concurrent: mostAtOnce, source: 'ours' }], longestWaitMs: overallMs });
  const keyOf = (objectId: string): string => `${tenantId}/${objectId}/${scope}`;

  async function exchange({ objectId, token }: OwnSignIn): Promise<void> {
    const key = keyOf(objectId);
    const running = asking.get(key);
    if (running) return running;
    const request = budget
      .run('entra', () => withDeadline({ clock, connector, what: 'ask for a token of a person', ms: overallMs }, () =>
        entra.ask((msal) => msal.acquireTokenOnBehalfOf({ oboAssertion: token(), scopes: [scope], skipCache: true }), (error) => onBehalfError(connector, error))))
      .then((fresh) => void kept.set(key, fresh))
      .finally(() => asking.delete(key));
    asking.set(key, request);
    return request;
  }

  return {
    async takeUp(person) {
      for (const [key, { expiresAt }] of kept) if (expiresAt <= clock.now()) kept.delete(key);
      const known = kept.get(keyOf(person.objectId));
      if (known && known.expiresAt - marginMs > clock.now()) return;
      await exchange(person);
    },
    of(objectId) {
      const key = keyOf(objectId);
      const live = (): AccessToken | null => {
        const known = kept.get(key);
        return known && known.expiresAt > clock.now() ? known : null;
      };
      if (!live()) return null;
      return {
        async get() {
          const known = live();
          if (known) return known.token;
          throw signInOver(connector);
        },
        drop(_scope, token) {
          if (kept.get(key)?.token === token) kept.delete(key);
        },
      };
    },
  };
}

/** Not passing: only the person can mend it. */
export function signInOver(connector: string): TheirError {
  return new TheirError(connector, 'denied', 'this calendar is written with its owner\'s own rights, and their sign-in is over: do it once more from Outlook', {
    remedy: 'Its owner saves, cancels or restores it once more from Outlook.',
  });
}
