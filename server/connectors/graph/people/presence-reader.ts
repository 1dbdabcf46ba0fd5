import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import type { PresenceElsewhere, PresenceReader } from '../../../ports/presence-reader.ts';
import type { GraphClient } from '../client/client.ts';

const presences = z.object({ value: z.array(z.object({ id: z.string(), availability: z.string().nullish(), activity: z.string().nullish() })) });

/** Most ids that one call takes (graph.md §3). */
const idsAtOnce = 650;

/** Graph writes PascalCase and other cases are accepted (graph.md §4); `offline`, `presenceunknown` and what comes to be called otherwise say nothing. */
const words: Readonly<Record<string, PresenceElsewhere['availability']>> = {
  available: 'available', availableidle: 'available', away: 'away', berightback: 'away', busy: 'busy', busyidle: 'busy', donotdisturb: 'doNotDisturb',
};
const inCall = new Set(['inacall', 'inaconferencecall']);

/** Presence of Teams in bulk: notifications of it are delegated only and last an hour, so it is asked for (graph.md §0.2). */
export function createPresenceReader({ client, instance }: { client: GraphClient; instance: string }): PresenceReader {
  return {
    instance,
    async presences(people) {
      const found = new Map<string, PresenceElsewhere>();
      for (let first = 0; first < people.length; first += idsAtOnce) {
        const ids = people.slice(first, first + idsAtOnce).map((each) => each.id);
        try {
          const { value } = await client.call(
            { what: 'read presences', method: 'POST', target: { path: '/communications/getPresencesByUserId' }, body: { ids }, right: 'Presence.Read.All', budget: { workload: 'presence' }, repeat: 'always' },
            presences,
          );
          for (const { id, availability, activity } of value) {
            const said = words[(availability ?? '').toLowerCase()];
            if (said) found.set(id, { availability: said, isInCall: inCall.has((activity ?? '').toLowerCase()) });
          }
        } catch (error) {
          // Without the permission nothing is shown of those people; /readyz names what is missing.
          if (error instanceof TheirError && error.fault === 'denied') return null;
          throw error;
        }
      }
      return found;
    },
  };
}
