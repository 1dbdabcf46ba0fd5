import { randomBytes } from 'node:crypto';
import type { LabClock } from '../clock.ts';

export interface CodeSession { clientId: string; personId: string; redirectUri: string; scope: string; nonce: string | null; challenge: string | null }
export interface RefreshSession { clientId: string; personId: string; scope: string }

/** Authorization codes (once, 10 minutes) and refresh tokens (once each, 90 days, as Entra does it for confidential clients). */
export interface Sessions {
  newCode: (session: CodeSession) => string;
  redeem: (code: string) => CodeSession | undefined;
  newRefreshToken: (session: RefreshSession) => string;
  refresh: (token: string) => RefreshSession | undefined;
}

const codeLifeMs = 10 * 60_000;
const refreshLifeMs = 90 * 24 * 3_600_000;

/** Values that can be taken once, until their time is over. */
function onceOnly<T>(clock: LabClock, lifeMs: number): { put: (value: T) => string; take: (token: string) => T | undefined } {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    put(value) {
      const token = `0.${randomBytes(32).toString('base64url')}`;
      kept.set(token, { value, until: clock.now() + lifeMs });
      return token;
    },
    take(token) {
      const found = kept.get(token);
      kept.delete(token);
      return found && found.until > clock.now() ? found.value : undefined;
    },
  };
}

export function createSessions(clock: LabClock): Sessions {
  const codes = onceOnly<CodeSession>(clock, codeLifeMs);
  const refreshes = onceOnly<RefreshSession>(clock, refreshLifeMs);
  return { newCode: codes.put, redeem: codes.take, newRefreshToken: refreshes.put, refresh: refreshes.take };
}
