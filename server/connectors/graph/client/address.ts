import { randomUUID } from 'node:crypto';
import { TheirError } from '../../../domain/errors.ts';
import { factsOf, headersOf, middleware } from './middleware.ts';
import type { Middleware } from '@microsoft/microsoft-graph-client';

/** Ids that stay when an item is moved. On every call, subscriptions too: those made without it tell other ids (graph.md §2). */
const immutableIds = 'IdType="ImmutableId"';

export function newClientRequestId(): string {
  return randomUUID();
}

/** True when `link` leads to the Graph that we are configured for: same scheme, host and port. */
export function isOwnLink(base: string, link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { origin, username, password } = new URL(link);
  return origin === new URL(base).origin && origin.startsWith('https://') && username === '' && password === '';
}

/**
 * What stands on every call. Links that Graph gave replace the library's address, because it would take them apart and put their
 * query in another order (graph.md §9). A link to any other host is refused: it would carry our token there.
 */
export function address({ connector, base }: { connector: string; base: string }): Middleware {
  return middleware(async (context, next) => {
    const { call, clientRequestId } = factsOf(context);
    if ('link' in call.target) {
      if (!isOwnLink(base, call.target.link)) throw new TheirError(connector, 'unreadable', `${call.what}: Graph gave a link to another host`);
      context.request = call.target.link;
    }
    const headers = headersOf(context);
    const prefer = [immutableIds, headers['prefer']].filter((each) => each !== undefined).join(', ');
    context.options = { ...context.options, headers: { ...headers, accept: 'application/json', prefer, 'client-request-id': clientRequestId, 'return-client-request-id': 'true' } };
    await next(context);
  });
}
