import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { OurError, TheirError } from '../../../domain/errors.ts';
import { abortReason } from '../../../outbound/abort.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { batchReply, mostInBatch } from './batch-wire.ts';
import type { BatchReply } from './batch-wire.ts';
import { atATimeInBatch } from './budgets.ts';
import type { Workloads } from './budgets.ts';
import { mayShare } from './call.ts';
import { factsOf, headersOf, middleware, urlOf } from './middleware.ts';
import type { Next } from './middleware.ts';
import type { Transport } from './transport.ts';

export interface CarryOptions {
  connector: string;
  /** Graph with the version: what an inner address is told below. */
  base: string;
  transport: Transport;
  budgets: Workloads;
  clock: Clock;
  log: Log;
}

/** One call that waits for a request to travel in. */
interface Passenger {
  context: Context;
  next: Next;
  /** Address below the version. */
  path: string;
  settle: (failure: Error | null) => void;
}

/** Headers that belong to the request, not to the calls in it. */
const outer = new Set(['authorization', 'accept', 'client-request-id', 'return-client-request-id']);

/**
 * Calls for different mailboxes that stand ready in the same turn travel in one `$batch`. Each keeps its own budget, deadline and rule of repeating, because this is the last link but
 * one of its chain: it gets its own answer, as if it had travelled alone, and a refusal of one is nobody else's. A call whose request failed as a whole travels alone from then on,
 * so that one mailbox that never answers does not take nineteen others with it again and again. Nobody waits to gather company: while fewer requests are under way
 * than may be, whoever stands ready leaves.
 */
export function carry({ connector, base, transport, budgets, clock, log }: CarryOptions): Middleware {
  const waiting: Passenger[] = [];
  /** Contexts whose request came back without an answer. */
  const alone = new WeakSet<Context>();
  let underWay = 0;
  let isLeaving = false;

  function leaveSoon(): void {
    if (isLeaving) return;
    isLeaving = true;
    setImmediate(() => {
      isLeaving = false;
      while (waiting.length > 0 && underWay < budgets.sharedRequests) leave();
    });
  }

  /** Spread over the requests that may go: what Graph works on at a time is four of each. */
  function leave(): void {
    const even = Math.ceil(waiting.length / (budgets.sharedRequests - underWay));
    const group = waiting.splice(0, Math.min(mostInBatch, Math.max(atATimeInBatch, even)));
    underWay += 1;
    void budgets.shared(group.length, () => travel(group)).catch((error: unknown) => arrive(group, error)).finally(() => {
      underWay -= 1;
      if (waiting.length > 0) leaveSoon();
    });
  }

  function arrive(group: readonly Passenger[], error: unknown): void {
    const failure = error instanceof Error ? error : new OurError('a batch failed with something that is no error', { cause: error });
    for (const { context, settle } of group) {
      if (group.length > 1) alone.add(context);
      settle(failure);
    }
  }

  async function travel(group: readonly Passenger[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    if (group.length === 1) {
      await first.next(first.context);
      return first.settle(null);
    }
    const response = await send(group, headersOf(first.context));
    if (!response.ok) return refuse(group, response);
    const answers = read(await response.text());
    for (const [index, { context, settle }] of group.entries()) {
      const answer = answers.get(String(index));
      if (answer) context.response = responseOf(answer);
      else alone.add(context);
      settle(answer ? null : new TheirError(connector, 'no-answer', `${factsOf(context).call.what}: no answer in the batch`));
    }
  }

  async function send(group: readonly Passenger[], headers: Record<string, string>): Promise<Response> {
    const requests = group.map(({ context, path }, index) => ({
      id: String(index), method: 'GET', url: path, headers: Object.fromEntries(Object.entries(headersOf(context)).filter(([name]) => !outer.has(name))),
    }));
    const startedAt = clock.now();
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => outer.has(name)));
    const response = await transport.send('read many mailboxes', `${base}/$batch`, { method: 'POST', headers: { ...own, 'content-type': 'application/json' }, body: JSON.stringify({ requests }) });
    log.debug({ what: 'read many mailboxes', calls: group.length, status: response.status, tookMs: clock.now() - startedAt, requestId: response.headers.get('request-id') }, 'Graph answered');
    return response;
  }

  /** A token, a pause or a failure of theirs is said of each call in it: each knows what to do about it. Anything else is about `$batch` and must not read as "this mailbox is gone". */
  async function refuse(group: readonly Passenger[], response: Response): Promise<void> {
    const { status } = response;
    if (status !== 401 && status !== 429 && status < 500) throw new TheirError(connector, 'unavailable', `read many mailboxes: batches are refused with ${status}`);
    const text = await response.text();
    for (const { context, settle } of group) {
      alone.add(context);
      context.response = new Response(text, { status, headers: response.headers });
      settle(null);
    }
  }

  function read(text: string): Map<string, BatchReply> {
    try {
      return new Map(batchReply.parse(JSON.parse(text)).responses.map((each) => [each.id, each]));
    } catch {
      // Without the cause: it may quote what stands in people's calendars.
      throw new TheirError(connector, 'unavailable', 'read many mailboxes: the answer to a batch cannot be read');
    }
  }

  return middleware(async (context, next) => {
    const url = urlOf(context);
    const rides = mayShare(factsOf(context).call);
    if (!rides) return next(context);
    if (alone.has(context) || !url.startsWith(`${base}/`)) return budgets.shared(1, () => next(context));
    await new Promise<void>((resolve, reject) => {
      const signal = context.options?.signal ?? undefined;
      const passenger: Passenger = { context, next, path: url.slice(base.length), settle };
      function settle(failure: Error | null): void {
        signal?.removeEventListener('abort', stopped);
        if (failure) reject(failure);
        else resolve();
      }
      function stopped(): void {
        const place = waiting.indexOf(passenger);
        // Once it is under way it keeps its place in the budget until the answer is there.
        if (place < 0) return;
        waiting.splice(place, 1);
        settle(abortReason(signal));
      }
      signal?.addEventListener('abort', stopped, { once: true });
      waiting.push(passenger);
      leaveSoon();
    });
  });
}

function responseOf({ status, headers, body }: BatchReply): Response {
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless || body === undefined ? null : JSON.stringify(body), { status, headers: headers ?? {} });
}
