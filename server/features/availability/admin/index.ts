import type { availabilityAdminApi } from '../../../../contract/availability/admin.ts';
import type { Handlers } from '../../../../contract/endpoint.ts';
import type { WorkHandlers } from '../../../store/worker.ts';
import type { AvailabilityAdminDeps } from './deps.ts';
import { personTimeline } from './person-timeline.ts';
import { goOn, startReplay, viewReplay } from './replay.ts';
import { soundsOfAll } from './sounds.ts';
import { whatIf } from './what-if.ts';
import { whoIs } from './who.ts';

export type { AvailabilityAdminDeps, Proposed } from './deps.ts';

/** The administrator's part of availability: what-if, replay, and a person's timeline. */
export function createAvailabilityAdmin(deps: AvailabilityAdminDeps): { handlers: Handlers<typeof availabilityAdminApi>; workHandlers: WorkHandlers } {
  return {
    handlers: {
      async whatIf({ body }, caller) {
        const { personId } = await whoIs(deps, caller.tenantId, body.person);
        await deps.noteLook(caller, 'what-if', personId);
        return whatIf(deps, caller.tenantId, body);
      },
      sounds: async () => ({ phoneSystems: await soundsOfAll(deps.greetings, deps.log) }),
      async timeline({ params }, caller) {
        const person = await whoIs(deps, caller.tenantId, params.person);
        await deps.noteLook(caller, 'timeline', person.personId);
        return personTimeline(deps, caller.tenantId, person);
      },
      startReplay: async ({ params, body }, { tenantId }) => ({ replay: await startReplay(deps, tenantId, params.id, body) }),
      replay: async ({ params }, { tenantId }) => ({ replay: await viewReplay(deps, tenantId, params.id) }),
    },
    workHandlers: { 'availability.replay': ({ tenantId, key }) => goOn(deps, tenantId, key) },
  };
}
