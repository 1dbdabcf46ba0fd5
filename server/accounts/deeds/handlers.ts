import type { deedsApi } from '../../../contract/account/deeds.ts';
import type { Handlers } from '../../../contract/endpoint.ts';
import type { Deeds } from './deeds.ts';

/** The endpoints of contract/account/deeds.ts. */
export function deedHandlers(deeds: Deeds): Handlers<typeof deedsApi> {
  return {
    async list({ query }, { tenantId }) {
      const found = await deeds.list(tenantId, query.before ?? null, query.limit);
      return { deeds: found.map(({ at, ...deed }) => ({ ...deed, at: new Date(at).toISOString() })) };
    },
  };
}
