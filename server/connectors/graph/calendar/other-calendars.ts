import { z } from 'zod';
import type { CalendarSource } from '../../../ports/calendar-source.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { readAllPages } from '../client/pages.ts';
import type { Events } from './events.ts';

/** A calendar as `GET /users/{id}/calendars` lists it; what is not told counts as the less. */
const calendarRow = z.object({
  id: z.string().min(1),
  isDefaultCalendar: z.boolean().nullish(),
  canEdit: z.boolean().nullish(),
  owner: z.object({ address: z.string().nullish() }).nullish(),
});

/** Nobody sends invites out of more calendars than that; each is a call. Ours. */
const mostCalendars = 20;

/**
 * Events in the calendars besides the default one. Only those that the mailbox's owner keeps and writes to: of a calendar that somebody else shares, Graph says
 * `isOrganizer` of *that* owner (learn.microsoft.com/graph, event resource), and its meetings are read in their own mailbox. Throws TheirError.
 */
export function otherCalendars(client: GraphClient, instance: string, between: Events['between']): CalendarSource['besides'] {
  return async (mailbox, window) => {
    const rows = await readAllPages(client, instance, {
      what: 'list the calendars', method: 'GET', target: { path: graphPath`/users/${mailbox.id}/calendars`, query: { $select: 'id,isDefaultCalendar,canEdit,owner' } },
      right: 'Calendars.Read', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
    });
    const calendars = rows.flatMap((row) => calendarRow.safeParse(row).data ?? []);
    const ownerOf = ({ owner }: z.output<typeof calendarRow>): string => (owner?.address ?? '').toLowerCase();
    const own = calendars.find(({ isDefaultCalendar }) => isDefaultCalendar === true);
    if (!own) return [];
    const others = calendars.filter((each) => each.isDefaultCalendar !== true && each.canEdit === true && ownerOf(each) === ownerOf(own)).slice(0, mostCalendars);
    const events = [];
    for (const { id } of others) {
      try {
        events.push(...(await between(mailbox, window, id)));
      } catch (error) {
        // Deleted since it was listed.
        if (refusalOf(error)?.status !== 404) throw error;
      }
    }
    return events;
  };
}
