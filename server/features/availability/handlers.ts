import type { availabilityApi, AvailabilityView } from '../../../contract/availability/availability.ts';
import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import { OurError } from '../../domain/errors.ts';
import { backToAutomatic, chooseByHand, chooseForMeeting, chosenForMeeting } from './choose.ts';
import { statesByAddress } from './view/by-address.ts';
import type { AvailabilityDeps } from './deps.ts';
import { meetingNamed } from './calendar/meeting.ts';
import { viewOf } from './view/view.ts';
import { wantFree } from './when-free/when-free.ts';
import { dropWish, putWish } from './wish-rows.ts';

/** The endpoints of contract/availability/availability.ts. */
export function createHandlers(deps: AvailabilityDeps): Handlers<typeof availabilityApi> {
  function me({ personId }: Caller): string {
    if (personId === null) throw new OurError('availability needs a person');
    return personId;
  }

  async function mine(caller: Caller): Promise<{ availability: AvailabilityView }> {
    const availability = await viewOf(deps, caller.tenantId, me(caller), me(caller));
    if (!availability) throw new OurError('a signed-in person is not known');
    return { availability };
  }

  return {
    mine: (_input, caller) => mine(caller),
    async choose({ body }, caller) {
      await chooseByHand(deps, caller.tenantId, me(caller), body);
      return mine(caller);
    },
    async automatic(_input, caller) {
      await backToAutomatic(deps, caller.tenantId, me(caller));
      return mine(caller);
    },
    people: ({ body }, caller) => statesByAddress(deps, caller.tenantId, me(caller), body.addresses),
    async ofMeeting({ query }, caller) {
      const meeting = await meetingNamed(deps, caller.tenantId, me(caller), query);
      return { chosen: await chosenForMeeting(deps, caller.tenantId, me(caller), meeting) };
    },
    async chooseForMeeting({ body }, caller) {
      await chooseForMeeting(deps, caller.tenantId, me(caller), await meetingNamed(deps, caller.tenantId, me(caller), body), body.availability);
      return { chosen: body.availability };
    },
    async wish({ params, body }, caller) {
      const { db } = deps.store;
      if (body.availability === null) await dropWish(db, caller.tenantId, me(caller), params.key);
      else await putWish(db, caller.tenantId, me(caller), params.key, deps.clock.now());
      return { chosen: body.availability };
    },
    whenFree: async ({ body }, caller) => ({ waiting: await wantFree(deps, caller.tenantId, me(caller), body) }),
  };
}
