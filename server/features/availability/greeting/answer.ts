import type { AvailabilityDeps } from '../deps.ts';
import type { Greetings } from '../../../ports/greeting-store.ts';
import { phoneZone } from '../phone/phone-zone.ts';
import { findPersonState } from '../rows.ts';
import { chosenGreeting } from './chosen.ts';

/** Which greeting plays in front of a box: four reads of the database and one of the folder, within the 300 ms that the connector grants. */
export function createGreetings(deps: AvailabilityDeps, tenantId: string): Greetings {
  return {
    async greetingFor({ instance, extension, language }) {
      const store = deps.greetings.find((each) => each.instance === instance);
      const personId = store && (await deps.people.ownerOfExtension(tenantId, instance, extension));
      if (!store || personId == null) return null;
      const [standing, policy, name] = await Promise.all([findPersonState(deps.store.db, tenantId, personId), deps.policyOf(tenantId, personId), deps.people.nameOf(tenantId, personId)]);
      // The end has come, and we have not looked yet: what stands there is no longer true.
      const now = deps.clock.now();
      if (!standing || name === null || (standing.until !== null && standing.until <= now)) return null;
      const chosen = chosenGreeting({ ...standing, timeZone: phoneZone(standing, policy, store.instance, deps.targets) }, name, policy, language, store, now);
      if (chosen.kind === 'prompt') return chosen.sound;
      return chosen.kind === 'spoken' && (await store.has(chosen.name)) ? store.soundOf(chosen.name) : null;
    },
  };
}
