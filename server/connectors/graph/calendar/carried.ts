import { z } from 'zod';
import { addinId } from '../../../domain/addin-id.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';

/** Custom properties of an add-in: one string with the JSON of all of them, in the set PublicStrings (graph.md §5; MS-OXCEXT 2.2.5). The name's case counts. */
const property = `String {00020329-0000-0000-c000-000000000046} Name cecp-${addinId}`;
const row = z.object({ singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string().max(16_384) })).nullish() });

/** One custom property that our add-in wrote into an event; null when there is none, or no event. */
export function createCarried(client: GraphClient): (mailbox: MailboxRef, eventId: string, name: string) => Promise<string | null> {
  return async (mailbox, eventId, name) => {
    try {
      const told = await client.call(
        {
          what: 'read what an invite carries', method: 'GET', right: 'Calendars.Read', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
          target: { path: graphPath`/users/${mailbox.id}/events/${eventId}`, query: { $select: 'id', $expand: `singleValueExtendedProperties($filter=id eq '${property}')` } },
        },
        row,
      );
      return valueOf(told.singleValueExtendedProperties?.[0]?.value ?? '', name);
    } catch (error) {
      if (refusalOf(error)?.status === 404) return null;
      throw error;
    }
  };
}

/** All properties of an add-in are one JSON object. */
function valueOf(json: string, name: string): string | null {
  try {
    const all: unknown = JSON.parse(json);
    const value: unknown = typeof all === 'object' && all !== null && Object.hasOwn(all, name) ? Reflect.get(all, name) : null;
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
