import { Client, GraphError, ResponseType } from '@microsoft/microsoft-graph-client';
import type { GraphRequest } from '@microsoft/microsoft-graph-client';
import type { z } from 'zod';
import { OurError, TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import type { TokenCache } from '../../../outbound/token-cache.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { RightsLedger } from '../rights.ts';
import { address, newClientRequestId } from './address.ts';
import { authenticate } from './authenticate.ts';
import { limit } from './budgets.ts';
import type { Workloads } from './budgets.ts';
import type { GraphCall } from './call.ts';
import { carry } from './carry.ts';
import { CallFacts, remember } from './middleware.ts';
import { redirect } from './redirect.ts';
import { repeat } from './repeat.ts';
import type { Transport } from './transport.ts';
import { wire } from './wire.ts';

/** The one way to Graph: every call has its budget, its deadlines, its rule of repeating, and a clear error. */
export interface GraphClient {
  /** Sends a call and reads its answer by the schema. Throws TheirError; `refusalOf` tells status and code of a refusal. */
  call<T>(call: GraphCall, schema: z.ZodType<T>): Promise<T>;
  /** Graph without the version, without a slash at the end. */
  readonly base: string;
  readonly budgets: Workloads;
}

export interface GraphClientOptions {
  connector: string;
  base: string;
  scope: string;
  overallMs: number;
  tokens: TokenCache;
  transport: Transport;
  budgets: Workloads;
  rights: RightsLedger;
  clock: Clock;
  log: Log;
  random: () => number;
}

export function createGraphClient({ connector, base, scope, overallMs, tokens, transport, budgets, rights, clock, log, random }: GraphClientOptions): GraphClient {
  // The library builds requests and runs the chain; every link is ours, because its own ones fit only Microsoft's hosts and repeat too much (graph.md §9).
  const library = Client.initWithMiddleware({
    baseUrl: base,
    defaultVersion: 'v1.0',
    middleware: [
      remember(),
      address({ connector, base }),
      repeat({ connector, clock, log, random, budgets }),
      authenticate({ tokens, scope }),
      limit(budgets),
      redirect({ connector, base }),
      carry({ connector, base: `${base}/v1.0`, transport, budgets, clock, log }),
      wire({ transport, clock, log }),
    ],
  });

  async function send(call: GraphCall, signal: AbortSignal): Promise<Response> {
    const facts = new CallFacts(call, newClientRequestId());
    const request = library.api('path' in call.target ? call.target.path : '/').middlewareOptions([facts]).responseType(ResponseType.RAW).option('signal', signal);
    for (const [name, value] of Object.entries(call.headers ?? {})) request.header(name.toLowerCase(), value);
    const { query } = 'path' in call.target ? call.target : {};
    // The library sends queries as they are: an "&" in a name would split them.
    if (query) request.query(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, encodeURIComponent(value)])));
    try {
      const answer = await dispatch(request, call);
      if (answer instanceof Response) return answer;
      throw new OurError('the Graph library gave something else than the answer');
    } catch (error) {
      throw facts.failure ?? (error instanceof GraphError ? new TheirError(connector, 'unreadable', call.what, { cause: error }) : error);
    }
  }

  async function read<T>(call: GraphCall, schema: z.ZodType<T>, response: Response): Promise<T> {
    const text = await response.text();
    const result = schema.safeParse(text === '' ? null : parsed(call, text));
    if (result.success) return result.data;
    // Where it is wrong, never what stood there.
    const places = result.error.issues.slice(0, 3).map(({ path }) => path.join('.')).join(', ');
    throw new TheirError(connector, 'unreadable', `${call.what}: the answer has another form than expected (${places})`);
  }

  function parsed(call: GraphCall, text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      // Without the cause: the parser's message quotes the text, which may be a meeting's.
      throw new TheirError(connector, 'unreadable', `${call.what}: the answer is no JSON`, { remedy: 'See that baseUrl is the address of Graph and that no proxy answers in its place.' });
    }
  }

  function note(call: GraphCall, error: unknown): void {
    const where = ('mailbox' in call.budget ? call.budget.mailbox : undefined) ?? 'tenant';
    if (error === null) return rights.worked(call.right, where);
    // A refused token says nothing about this permission.
    const isRight = error instanceof TheirError && error.fault === 'denied' && error.cause instanceof GraphError && error.cause.statusCode === 403;
    if (isRight && rights.refused(call.right, where)) log.warn({ what: call.what, right: call.right, mailbox: where, remedy: error.remedy }, 'Graph refuses a right');
  }

  return {
    base,
    budgets,
    async call(call, schema) {
      try {
        const response = await withDeadline({ clock, connector, what: call.what, ms: overallMs, ...(call.signal ? { signal: call.signal } : {}) }, (signal) => send(call, signal));
        note(call, null);
        return await read(call, schema, response);
      } catch (error) {
        note(call, error);
        throw error;
      }
    },
  };
}

function dispatch(request: GraphRequest, { method, body }: GraphCall): Promise<unknown> {
  if (method === 'GET') return request.get();
  if (method === 'DELETE') return request.delete();
  return method === 'POST' ? request.post(body) : request.patch(body);
}
