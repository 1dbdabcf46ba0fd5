import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { TokenCache } from '../../../outbound/token-cache.ts';
import { headersOf, middleware } from './middleware.ts';
import type { Next } from './middleware.ts';

/**
 * Sets our token. The library's handler does so for Microsoft's hosts only (graph.md §9); here `address` has made sure that the host is the configured one.
 * A refused token is asked for anew once: it may have been revoked before its time.
 */
export function authenticate({ tokens, scope }: { tokens: TokenCache; scope: string }): Middleware {
  async function attempt(context: Context, next: Next): Promise<string> {
    const token = await tokens.get(scope);
    context.options = { ...context.options, headers: { ...headersOf(context), authorization: `Bearer ${token}` } };
    await next(context);
    return token;
  }
  return middleware(async (context, next) => {
    const token = await attempt(context, next);
    if (context.response?.status !== 401) return;
    tokens.drop(scope, token);
    await attempt(context, next);
  });
}
