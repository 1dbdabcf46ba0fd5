import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import { ianaZone } from '../../../domain/zones.ts';
import type { Absence, AbsenceSource } from '../../../ports/absence-source.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { instantOf } from '../times.ts';

const wall = z.object({ dateTime: z.string(), timeZone: z.string().nullish() }).nullish();

const settings = z.object({
  timeZone: z.string().nullish(),
  automaticRepliesSetting: z.object({ status: z.string(), scheduledStartDateTime: wall, scheduledEndDateTime: wall }).nullish(),
});

const presences = z.object({ value: z.array(z.object({ id: z.string(), outOfOfficeSettings: z.object({ isOutOfOffice: z.boolean().nullish() }).nullish() })) });

/** Most ids that one call takes (graph.md §3). */
const idsAtOnce = 650;

/**
 * Automatic replies and the mailbox's zone. They have no change notification; presence tells for 650 people at once who is away, and only whoever's answer
 * changed is read by itself (graph.md §0.4).
 */
export function createAbsenceSource({ client, instance }: { client: GraphClient; instance: string }): AbsenceSource {
  return {
    instance,

    async absence(mailbox): Promise<Absence> {
      const told = await client.call(
        {
          what: 'read automatic replies', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/mailboxSettings`, query: { $select: 'timeZone,automaticRepliesSetting' } },
          right: 'MailboxSettings.Read', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
        },
        settings,
      );
      const zone = ianaZone(told.timeZone);
      return { zone, outOfOffice: outOfOffice(told.automaticRepliesSetting) };
    },

    async whoIsAway(mailboxes: readonly MailboxRef[]) {
      const away = new Set<string>();
      for (let first = 0; first < mailboxes.length; first += idsAtOnce) {
        const ids = mailboxes.slice(first, first + idsAtOnce).map((each) => each.id);
        try {
          const { value } = await client.call(
            { what: 'read who is away', method: 'POST', target: { path: '/communications/getPresencesByUserId' }, body: { ids }, right: 'Presence.Read.All', budget: { workload: 'presence' }, repeat: 'always' },
            presences,
          );
          for (const each of value) if (each.outOfOfficeSettings?.isOutOfOffice) away.add(each.id);
        } catch (error) {
          // Without the permission each mailbox is read by itself; /readyz names what is missing.
          if (error instanceof TheirError && error.fault === 'denied') return null;
          throw error;
        }
      }
      return away;
    },
  };
}

function outOfOffice(told: z.output<typeof settings>['automaticRepliesSetting']): Absence['outOfOffice'] {
  const status = told?.status.toLowerCase();
  if (status === 'alwaysenabled') return { from: 0, to: Infinity };
  if (status !== 'scheduled' || !told?.scheduledStartDateTime || !told.scheduledEndDateTime) return null;
  const from = instantOf(told.scheduledStartDateTime, false, 'UTC');
  const to = instantOf(told.scheduledEndDateTime, false, 'UTC');
  return from === null || to === null || to <= from ? null : { from, to };
}
