import type { Clock } from '../ports/clock.ts';

/** Asks once for each tenant, and again when the answer is older than this. A question that failed is asked again at once. */
export function rememberFor<T>(clock: Clock, ms: number, ask: (tenantId: string) => Promise<T>): (tenantId: string) => Promise<T> {
  const known = new Map<string, { at: number; value: Promise<T> }>();
  return (tenantId) => {
    const before = known.get(tenantId);
    if (before && clock.now() - before.at < ms) return before.value;
    const value = ask(tenantId);
    known.set(tenantId, { at: clock.now(), value });
    value.catch(() => known.delete(tenantId));
    return value;
  };
}
