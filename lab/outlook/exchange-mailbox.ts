import { DateTime } from 'luxon';
import type { Draft, Exchange, ExchangeEvent, ResponseType } from '../exchange/index.ts';
import { restToEws, windowsZone } from '../exchange/index.ts';
import { originalStarts } from '../exchange/recurrence.ts';
import { exchangeMails } from './exchange-mails.ts';
import type { Answer, CalendarDraft, CalendarItem, OutlookMailbox, Recurrence, Response } from './mailbox.ts';

/** Named string properties of add-ins lie in this set (MS-OXCEXT 2.2.5). */
const publicStrings = 'String {00020329-0000-0000-C000-000000000046} Name ';
const responses: Record<ResponseType, Response> = {
  none: 'none', notResponded: 'none', organizer: 'organizer', tentativelyAccepted: 'tentative', accepted: 'accepted', declined: 'declined',
};
const answers = { accepted: 'accepted', tentative: 'tentativelyAccepted', declined: 'declined' } as const;

function propertiesOf(properties: Record<string, string>): Record<string, string> {
  const ours = Object.entries(properties).filter(([id]) => id.startsWith(publicStrings));
  return Object.fromEntries(ours.map(([id, value]) => [id.slice(publicStrings.length), value]));
}

/** Answers are left out: the mailbox knows them better than a form that was opened earlier. */
function draftOf({ id, places, properties, attendees, ...fields }: CalendarDraft): Draft {
  return {
    ...fields,
    ...(id === null ? {} : { id }),
    locations: places,
    attendees: attendees.map(({ name, address, type }) => ({ name, address, type })),
    properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [publicStrings + name, value])),
  };
}

/** Office.js knows series that end on a date or never, none that end after a number: those get the date of their last occurrence. */
function recurrenceOf({ recurrence, start, zone }: ExchangeEvent): Recurrence | null {
  if (recurrence?.range.type !== 'numbered') return recurrence;
  const last = [...originalStarts(recurrence, start, zone, Infinity)].at(-1) ?? start;
  return { ...recurrence, range: { ...recurrence.range, endDate: DateTime.fromMillis(last, { zone }).toISODate() ?? recurrence.range.startDate } };
}

/** The lab's exchange, as the Outlook page wants it. */
export function exchangeMailbox(exchange: Exchange): OutlookMailbox {
  function itemOf(event: ExchangeEvent): CalendarItem {
    const { subject, body, start, end, zone, isAllDay, sensitivity, categories, organizer, isOrganizer, isDraft, isCancelled, createdAt, modifiedAt } = event;
    const series = event.seriesMasterId === null ? undefined : exchange.read(event.mailboxId, event.seriesMasterId);
    return {
      id: event.ewsId, subject, body, start, end, zone, isAllDay, sensitivity, categories, organizer, isOrganizer, isDraft, isCancelled, createdAt, modifiedAt,
      recurrence: recurrenceOf(event),
      kind: event.type === 'seriesMaster' ? 'series' : event.seriesMasterId === null ? 'single' : 'occurrence',
      seriesId: series?.ewsId ?? (event.seriesMasterId && restToEws(event.seriesMasterId)),
      places: event.locations,
      attendees: event.attendees.map(({ name, address, type, response }) => ({ name, address, type, response: responses[response] })),
      response: event.isOrganizer ? 'organizer' : responses[event.response.response],
      properties: propertiesOf(event.properties),
    };
  }

  return {
    ...exchangeMails(exchange),
    people: () => exchange.people.map(({ name, address, timeZone, userPurpose }) => ({
      name, address, zone: timeZone, windowsZone: windowsZone(timeZone), isRoom: userPurpose === 'room' || userPurpose === 'equipment',
    })),
    list: async (mailbox, from, to) => exchange.view(mailbox, from, to).map(itemOf),
    async read(mailbox, id) {
      const event = exchange.read(mailbox, id);
      return event ? itemOf(event) : null;
    },
    save: async (mailbox, draft) => itemOf(exchange.saveItem(mailbox, draftOf(draft))),
    async send(mailbox, draft) {
      const before = exchange.mails.length;
      const event = exchange.send(mailbox, draftOf(draft));
      return { item: itemOf(event), mails: exchange.mails.length - before };
    },
    async cancel(mailbox, id, comment) {
      const before = exchange.mails.length;
      exchange.cancel(mailbox, id, comment);
      return exchange.mails.length - before;
    },
    respond: async (mailbox, id, answer: Answer) => exchange.respond(mailbox, id, answers[answer]),
    move: async (mailbox, id, start, end) => itemOf(exchange.move(mailbox, id, start, end)),
    remove: async (mailbox, id) => exchange.remove(mailbox, id),
    async sendMail(mailbox, { to, subject, body }) {
      for (const { address } of to) exchange.sendMail({ from: mailbox, to: address, subject, body });
    },
  };
}
