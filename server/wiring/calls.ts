import { callsApi } from '../../contract/people/calls.ts';
import type { Caller } from '../../contract/endpoint.ts';
import { createCallsFeature, type CallsFeature, type PlayableMessage } from '../features/calls/index.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** Calls from Outlook: one's own phone rings first. `messageFor`: the voicemail feature's word about who may hear what. */
export function callsFeature({ away, clock, connectors, lines, log, store, tenantId }: World, messageFor: (caller: Caller, voicemailId: string) => Promise<PlayableMessage>): Feature & Pick<CallsFeature, 'handlers'> {
  const feature = createCallsFeature({
    clock, log, store, live: store.live,
    controls: connectors.flatMap((each) => each.callControl ?? []),
    linesOf: (tenant, personId) => lines.ownedBy(tenant, personId),
    messageFor,
    isAway: (pbx) => away.isAway(pbx),
    effect: (_name, run) => run(),
  });
  return {
    handlers: feature.handlers,
    endpoints: bind(callsApi, feature.handlers),
    workHandlers: feature.workHandlers,
    connectedWork: ['phone.call', 'phone.hang-up', 'phone.settle'],
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
  };
}
