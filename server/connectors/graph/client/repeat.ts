import type { Middleware } from '@microsoft/microsoft-graph-client';
import { TheirError } from '../../../domain/errors.ts';
import { withRetry } from '../../../outbound/retry.ts';
import type { RetryPolicy } from '../../../outbound/retry.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { Workloads } from './budgets.ts';
import { refusal } from './graph-error.ts';
import { factsOf, middleware } from './middleware.ts';

/** A minute and a half of patience is the caller's deadline; longer pauses are handed on as retryAfterMs, the work table keeps them. */
const policy: RetryPolicy = { attempts: 4, firstDelayMs: 500, longestDelayMs: 8_000, longestWaitMs: 30_000 };

/**
 * Answers that are none become TheirError here, and what may pass and may be repeated is repeated. The library's own retry handler repeats every POST
 * and cuts Retry-After to 180 s (graph.md §9).
 */
export function repeat({ connector, clock, log, random, budgets }: { connector: string; clock: Clock; log: Log; random: () => number; budgets: Workloads }): Middleware {
  return middleware(async (context, next) => {
    const { call, clientRequestId } = factsOf(context);
    const signal = context.options?.signal ?? undefined;
    const onRetry = (error: TheirError, attempt: number, pauseMs: number): void => {
      log.info({ what: call.what, fault: error.fault, attempt, pauseMs, clientRequestId }, 'Graph is asked again');
    };
    await withRetry({ clock, policy, repeat: call.repeat, random, onRetry, ...(signal ? { signal } : {}) }, async () => {
      delete context.response;
      await next(context);
      await throwUnlessGood();
    });

    async function throwUnlessGood(): Promise<void> {
      const { response } = context;
      if (!response) throw new TheirError(connector, 'no-answer', `${call.what}: no answer`);
      if (response.ok) return;
      const error = refusal({ connector, what: call.what, right: call.right, response, text: await response.text(), now: clock.now() });
      // Everybody who wants the same mailbox waits, not only this call: refused calls count against us.
      if (error.fault === 'throttled' && error.retryAfterMs !== undefined) budgets.holdOff(call.budget, error.retryAfterMs);
      throw error;
    }
  });
}
