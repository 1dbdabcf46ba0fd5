/** Never sooner: batches answer 0.249 or a constant 1, and refused calls count (graph.md §3). */
const leastMs = 1_000;

/** Longest pause that we believe. A day in the answer would be a mistake of theirs that would keep us away for a day. */
const mostMs = 60 * 60_000;

/**
 * `Retry-After` in milliseconds: whole seconds, a decimal, or a date. `isRefused`: it was a 429, after which we wait at least a second even without a header.
 * Undefined when there is nothing to wait for. `now` is epoch ms, UTC.
 */
export function retryAfterMs(header: string | null, now: number, isRefused: boolean): number | undefined {
  const fallback = isRefused ? leastMs : undefined;
  if (header === null) return fallback;
  const text = header.trim();
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  if (!Number.isFinite(wait)) return fallback;
  return Math.min(mostMs, Math.max(leastMs, Math.ceil(wait)));
}
