import { OurError, TheirError, UserError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import type { WorkItem } from './work.ts';

/** Back-off after `attempt` tries, milliseconds: 1 s doubled each time up to 15 minutes, and half of it by chance so that what failed together is not tried together. */
export function backOff(attempt: number, chance = Math.random()): number {
  const full = Math.min(1_000 * 2 ** (attempt - 1), 15 * 60_000);
  return Math.round(full / 2 + (full / 2) * chance);
}

/** When failed work is tried again, epoch ms: not before the other system said. Told to the log, with the stack where the mistake is ours. */
export function tryAgainAt(log: Log, item: WorkItem, error: unknown, now: number): number {
  const at = now + Math.max(backOff(item.attempt), error instanceof TheirError ? (error.retryAfterMs ?? 0) : 0);
  const fields = { kind: item.kind, key: item.key, attempt: item.attempt, nextAt: new Date(at).toISOString() };
  if (error instanceof TheirError || error instanceof UserError) log.warn({ ...fields, err: error.message }, 'work failed and is tried again');
  else log.error({ ...fields, err: error instanceof Error ? error : new OurError(String(error)) }, 'work failed by a mistake of ours and is tried again');
  return at;
}
