import type { Who } from '../../contract/endpoint.ts';
import { deedsApi } from '../../contract/account/deeds.ts';
import { deedHandlers } from '../accounts/deeds/handlers.ts';
import type { Deeds } from '../accounts/deeds/deeds.ts';
import { putWork } from '../store/work.ts';
import { bind } from '../web/endpoints.ts';
import type { BoundEndpoint } from '../web/settings.ts';
import { day, type Feature, type World } from './feature.ts';

/** Roles whose every change is written down. */
const entrusted: readonly Who[] = ['administrator', 'operator', 'auditor'];

/** Every change that only administrators and operators may make is written down, whatever feature it belongs to. */
export function recorded(endpoints: readonly BoundEndpoint[], deeds: Deeds): BoundEndpoint[] {
  return endpoints.map(({ endpoint, handle }) => {
    const { method, path, who } = endpoint.route;
    if (endpoint.kind !== 'change' || who.some((each) => !entrusted.includes(each))) return { endpoint, handle };
    return { endpoint, handle: (input, caller) => deeds.change(caller, `${method} ${path}`, input, () => handle(input, caller)) };
  });
}

/** The list of what was done, and its end after a time. */
export function deedsFeature({ clock, deeds, store, tenantId }: World): Feature {
  return {
    endpoints: bind(deedsApi, deedHandlers(deeds)),
    workHandlers: {
      'deeds.tidy': async ({ tenantId: tenant }) => {
        await deeds.tidy(tenant);
        return { againAt: clock.now() + day };
      },
    },
    resume: () => putWork(store.db, { tenantId, kind: 'deeds.tidy', key: 'all', dueAt: clock.now(), unlessEarlier: true }),
  };
}
