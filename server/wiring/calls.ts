import { callsApi } from '../../contract/calls.ts';
import { createCallsFeature } from '../features/calls/index.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** Calls from Outlook: one's own phone rings first. */
export function callsFeature({ clock, connectors, lines, log, store, tenantId }: World): Feature {
  const feature = createCallsFeature({
    clock, log, store, live: store.live,
    controls: connectors.flatMap((each) => each.callControl ?? []),
    linesOf: (tenant, personId) => lines.ownedBy(tenant, personId),
    effect: (_name, run) => run(),
  });
  return {
    endpoints: bind(callsApi, feature.handlers),
    workHandlers: feature.workHandlers,
    connectedWork: ['phone.call', 'phone.hang-up', 'phone.settle'],
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
  };
}
