import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import type { CalendarCapabilities, CalendarSource } from '../../../ports/calendar-source.ts';
import { graphPath } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { createCarried } from './carried.ts';
import type { createDirectory } from '../people/directory.ts';
import { cancelEvent, createEvent, rescheduleEvent } from './event-writes.ts';
import type { Writers } from '../on-behalf.ts';
import type { Events } from './events.ts';
import { otherCalendars } from './other-calendars.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface CalendarSourceOptions {
  instance: string;
  client: GraphClient;
  directory: ReturnType<typeof createDirectory>;
  events: Events;
  subscriptions: Subscriptions;
  edit: CalendarSource['edit'];
  /** Whose rights events are made, moved and cancelled with. */
  writers: Writers;
  /** What works at this moment. */
  capabilities: () => CalendarCapabilities;
}

/** Calendars of Microsoft 365. A person's default calendar is listed; events of other calendars are read by id, told by notices, and looked for by `besides`. */
export function createCalendarSource({ instance, client, directory, events, subscriptions, edit, writers, capabilities }: CalendarSourceOptions): CalendarSource {
  return {
    instance,
    get capabilities() {
      return capabilities();
    },
    onBehalf: writers.port,
    findMailbox: directory.findMailbox,
    event: events.event,
    carried: createCarried(client),
    changes: events.changes,
    occurrences: events.occurrences,
    between: events.between,
    times: events.times,
    besides: otherCalendars(client, instance, events.between),
    subscribe: subscriptions.subscribe,
    renew: subscriptions.renew,
    unsubscribe: subscriptions.unsubscribe,
    edit,

    create: (mailbox, key, draft) => writers.write(mailbox, (by) => createEvent(by, mailbox, key, draft)),
    reschedule: (mailbox, id, draft) => writers.write(mailbox, (by) => rescheduleEvent({ client: by, instance, mailbox, id, draft })),
    cancel: (mailbox, id, comment) => writers.write(mailbox, (by) => cancelEvent(by, mailbox, id, comment)),

    async rewrite(mailbox, id, version, { location, body }) {
      // Without a version Graph would overwrite whatever stands there.
      if (version === '') throw new TheirError(instance, 'refused', 'change an event: its version is not known');
      try {
        await client.call(
          {
            what: 'change an event', method: 'PATCH', target: { path: graphPath`/users/${mailbox.id}/events/${id}` }, headers: { 'if-match': version },
            body: {
              ...(location === undefined ? {} : { location: { displayName: location } }),
              ...(body === undefined ? {} : { body: { contentType: body.format, content: body.content } }),
            },
            // Safe by If-Match. Where our first attempt was done and its answer lost, the second is refused: the caller reads again and finds its own change.
            right: 'Calendars.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always',
          },
          z.unknown(),
        );
      } catch (error) {
        if (refusalOf(error)?.status !== 412) throw error;
        throw new TheirError(instance, 'refused', 'change an event: it was changed in between', { cause: error });
      }
    },
  };
}
