import type { Middleware } from '@microsoft/microsoft-graph-client';
import { TheirError } from '../../../domain/errors.ts';
import { isOwnLink } from './address.ts';
import { factsOf, headersOf, middleware, urlOf } from './middleware.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
/** More than this is a circle. */
const mostRedirects = 5;

/**
 * Follows redirects within Graph. After 303 the new address is read with GET, without the body; the library keeps the old address there and goes round in circles (graph.md §9).
 * Nothing that we ask for is kept on another host, so a redirect that leads away is refused and our token stays here.
 */
export function redirect({ connector, base }: { connector: string; base: string }): Middleware {
  return middleware(async (context, next) => {
    const { call } = factsOf(context);
    const first = { request: context.request, options: context.options };
    try {
      for (let count = 0; ; count++) {
        await next(context);
        const status = context.response?.status ?? 0;
        if (!redirects.has(status)) return;
        const to = resolve(context.response?.headers.get('location') ?? null, urlOf(context));
        if (to === null || !isOwnLink(base, to)) throw new TheirError(connector, 'unreadable', `${call.what}: Graph sent us to another host`);
        if (count >= mostRedirects) throw new TheirError(connector, 'unreadable', `${call.what}: Graph sent us in circles`);
        context.request = to;
        if (status !== 303) continue;
        const { body: _dropped, ...rest } = context.options ?? {};
        const { 'content-type': _type, ...headers } = headersOf(context);
        context.options = { ...rest, method: 'GET', headers };
      }
    } finally {
      // A repetition begins where we began.
      context.request = first.request;
      if (first.options) context.options = first.options;
    }
  });
}

function resolve(location: string | null, from: string): string | null {
  return location !== null && URL.canParse(location, from) ? new URL(location, from).href : null;
}
