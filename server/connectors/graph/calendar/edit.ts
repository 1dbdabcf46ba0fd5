import { z } from 'zod';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { CalendarSource, EventTexts, TextsChange } from '../../../ports/calendar-source.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { toEvent } from './event.ts';
import { eventFields, eventRow } from '../schema.ts';

/** Writes into events that people have written. Everything here exists so that nothing of theirs is lost. */

/** PidTagNativeBody (MS-OXBBODY 2.1.1): the form in which the body is kept. 1 plain text, 2 RTF, 3 HTML. */
const nativeBody = 'Integer 0x1016';
const plainText = '1';
const rtf = '2';

/** Bodies as they are told, letter by letter: unlike everywhere else they are written back, so nothing is cleaned. */
const exactBody = z.object({ contentType: z.string().transform((type) => type.toLowerCase()), content: z.string().nullish().transform((content) => content ?? '') });
const exactRow = z.object({
  '@odata.etag': z.string(),
  body: exactBody.nullish(),
  locations: z.array(z.looseObject({ displayName: z.string().nullish() })).nullish(),
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })).nullish(),
});
type ExactRow = z.output<typeof exactRow>;

const whole = z.unknown().transform((row, context) => {
  const [event, exact] = [eventRow.safeParse(row), exactRow.safeParse(row)];
  if (event.success && exact.success) return { event: event.data, exact: exact.data };
  context.addIssue({ code: 'custom', message: 'no event', path: [] });
  return z.NEVER;
});

export interface EditOptions {
  client: GraphClient;
  instance: string;
  joinBase: string;
  keyword: string | null;
}

export function createEdit({ client, instance, joinBase, keyword }: EditOptions): CalendarSource['edit'] {
  function read(mailbox: MailboxRef, id: string, select: string, prefer?: string): GraphCall {
    return {
      what: 'read an event to change it', method: 'GET', right: 'Calendars.Read', budget: { workload: 'mailbox', mailbox: mailbox.id }, repeat: 'always', ...(prefer === undefined ? {} : { headers: { prefer } }),
      target: { path: graphPath`/users/${mailbox.id}/events/${id}`, query: { $select: select, $expand: `singleValueExtendedProperties($filter=id eq '${nativeBody}')` } },
    };
  }

  /**
   * The body, when writing it back loses nothing. Graph leaves active and unknown content out of what it tells, and makes HTML of everything: so the body must be kept as
   * HTML and be the same when nothing is left out, or be kept as plain text and be told as such. What is kept as RTF has things in it that no HTML tells.
   * What is told "unsafe" is compared and dropped, nothing else.
   */
  async function bodyOf(mailbox: MailboxRef, id: string, { exact }: { exact: ExactRow }): Promise<EventTexts['body']> {
    const native = exact.singleValueExtendedProperties?.find((each) => each.id.toLowerCase() === nativeBody.toLowerCase())?.value;
    if (native === rtf || !exact.body) return null;
    const isText = native === plainText;
    const again = await client.call(read(mailbox, id, 'id,body', isText ? 'outlook.body-content-type="text"' : 'outlook.allow-unsafe-html'), exactRow);
    if (again['@odata.etag'] !== exact['@odata.etag']) throw changedMeanwhile();
    if (isText) return again.body?.contentType === 'text' ? { format: 'text', content: again.body.content } : null;
    return exact.body.contentType === 'html' && again.body?.content === exact.body.content ? { format: 'html', content: exact.body.content } : null;
  }

  function changedMeanwhile(cause?: unknown): TheirError {
    return new TheirError(instance, 'unavailable', 'change an event: it was changed in between', { cause });
  }

  return async (mailbox, id, change) => {
    const own = { instance, id: mailbox.id };
    const told = await client.call(read(mailbox, id, `${eventFields},locations`), whole).catch((error: unknown) => {
      if (refusalOf(error)?.status === 404 && refusalOf(error)?.code === 'ErrorItemNotFound') return null;
      throw error;
    });
    if (!told) return { outcome: 'gone', event: null, isBodyWhole: false };
    const event = toEvent(told.event, { mailbox: own, joinBase, keyword });
    if (!event) throw new TheirError(instance, 'unreadable', 'change an event: its times cannot be read');
    const body = await bodyOf(mailbox, id, told);
    const isBodyWhole = body !== null;
    const wanted = change(event, { places: (told.exact.locations ?? []).map(({ displayName }) => displayName ?? ''), body });
    if (!wanted) return { outcome: 'unchanged', event, isBodyWhole };
    const written = await client
      .call(
        {
          what: 'change an event', method: 'PATCH', target: { path: graphPath`/users/${mailbox.id}/events/${id}` }, headers: { 'if-match': told.exact['@odata.etag'] },
          body: patchOf(told.exact, body, wanted), right: 'Calendars.ReadWrite', budget: { workload: 'mailbox', mailbox: mailbox.id },
          // Safe by If-Match: where our first attempt was done and its answer lost, the second is refused, and the next reading finds our own change.
          repeat: 'always',
        },
        eventRow,
      )
      .catch((error: unknown) => {
        throw refusalOf(error)?.status === 412 ? changedMeanwhile(error) : error;
      });
    return { outcome: 'written', event: toEvent(written, { mailbox: own, joinBase, keyword }), isBodyWhole };
  };
}

/** Entries of the place that stay are sent back as they came, with what Graph knows of rooms. */
function patchOf({ locations }: ExactRow, body: EventTexts['body'], { places, body: content }: TextsChange): Record<string, unknown> {
  const kept = locations ?? [];
  return {
    ...(places === undefined ? {} : { locations: places.map((displayName) => kept.find((place) => place.displayName === displayName) ?? { displayName }) }),
    ...(content === undefined || body === null ? {} : { body: { contentType: body.format, content } }),
  };
}
