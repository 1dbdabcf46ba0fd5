import type { availabilityApi, AvailabilityView } from '../../../contract/availability.ts';
import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import { OurError } from '../../domain/errors.ts';
import { backToAutomatic, chooseByHand, chooseForMeeting, chosenForMeeting } from './choose.ts';
import type { AvailabilityDeps } from './deps.ts';
import { viewOf } from './view.ts';

/** The endpoints of contract/availability.ts. */
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

  async function of(caller: Caller, address: string): Promise<{ address: string; availability: AvailabilityView | null }> {
    const personId = await deps.people.knownByAddress(caller.tenantId, address.trim().toLowerCase());
    return { address, availability: personId === null ? null : await viewOf(deps, caller.tenantId, personId, me(caller)) };
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
    async people({ body }, caller) {
      const people: { address: string; availability: AvailabilityView | null }[] = [];
      // One after the other: a distribution list must not take all connections of the database at once.
      for (const address of new Set(body.addresses)) people.push(await of(caller, address));
      return { people };
    },
    async ofMeeting({ query }, caller) {
      return { chosen: await chosenForMeeting(deps, caller.tenantId, me(caller), query.iCalUId, query.originalStart === undefined ? null : Date.parse(query.originalStart)) };
    },
    async chooseForMeeting({ body }, caller) {
      return { chosen: await chooseForMeeting(deps, caller.tenantId, me(caller), body) };
    },
  };
}
