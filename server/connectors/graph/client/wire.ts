import type { Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { factsOf, headersOf, middleware, urlOf } from './middleware.ts';
import type { Transport } from './transport.ts';

/** Last in the chain: sends one attempt, and logs Microsoft's name of it. Addresses are not logged: they hold ids of people. */
export function wire({ transport, clock, log }: { transport: Transport; clock: Clock; log: Log }): Middleware {
  return middleware(async (context) => {
    const { call, clientRequestId } = factsOf(context);
    const { method = 'GET', body, signal } = context.options ?? {};
    const startedAt = clock.now();
    const response = await transport.send(call.what, urlOf(context), {
      method, headers: headersOf(context), body: typeof body === 'string' ? body : undefined, signal: signal ?? undefined,
    });
    log.debug({ what: call.what, method, status: response.status, tookMs: clock.now() - startedAt, requestId: response.headers.get('request-id'), clientRequestId }, 'Graph answered');
    context.response = response;
  });
}
