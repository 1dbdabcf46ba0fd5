import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { OurError } from '../../../domain/errors.ts';
import type { GraphCall } from './call.ts';

/** Hands the context to the rest of the chain. */
export type Next = (context: Context) => Promise<void>;

/** One link of the chain that the library runs for each request. */
export function middleware(run: (context: Context, next: Next) => Promise<void>): Middleware {
  let following: Middleware | undefined;
  return {
    execute: (context) => run(context, async (onward) => following?.execute(onward)),
    setNext(next) {
      following = next;
    },
  };
}

/** What our middleware knows of the call beside the wire. A class, because the library looks options up by constructor. */
export class CallFacts {
  readonly call: GraphCall;
  /** Our own id of this call, sent as `client-request-id`: Microsoft's support finds the call by it. */
  readonly clientRequestId: string;
  /** The error that ended the chain. The library wraps errors and drops their cause; we hand on the original. */
  failure: Error | null = null;

  constructor(call: GraphCall, clientRequestId: string) {
    this.call = call;
    this.clientRequestId = clientRequestId;
  }
}

export function factsOf(context: Context): CallFacts {
  const facts = context.middlewareControl?.getMiddlewareOptions(CallFacts);
  if (facts instanceof CallFacts) return facts;
  throw new OurError('a Graph request was sent without its facts');
}

/** Headers of the request, names in lower case. */
export function headersOf(context: Context): Record<string, string> {
  return Object.fromEntries(new Headers(context.options?.headers));
}

export function urlOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}

/** Outermost in the chain: keeps the error that ended it. */
export function remember(): Middleware {
  return middleware(async (context, next) => {
    try {
      await next(context);
    } catch (error) {
      factsOf(context).failure = error instanceof Error ? error : new OurError('a Graph call failed with something that is no error', { cause: error });
      throw error;
    }
  });
}
