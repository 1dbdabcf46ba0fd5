import { isDeepStrictEqual } from 'node:util';
import type { ExchangeEvent } from '../../exchange/index.ts';
import { GraphError, badRequest } from '../errors.ts';
import { etag, idsOf } from '../event-json.ts';
import { readEvent } from '../event-input.ts';
import { readPrefer } from '../prefer.ts';
import { readQuery } from '../query.ts';
import { instantParameter } from '../times.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { calendarOf, contextOf, underCalendars } from './calendar-scope.ts';
import { eventList, shownEvent } from './event-list.ts';

/** The event that the path names. Throws GraphError 404. */
export function eventOf(call: MailboxCall): ExchangeEvent {
  const event = call.world.exchange.read(call.mailbox.id, call.params['event'] ?? '');
  const isElsewhere = event !== undefined && call.params['calendar'] !== undefined && event.calendarId !== call.params['calendar'];
  if (!event || isElsewhere) throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  return event;
}

function single(call: MailboxCall, event: ExchangeEvent, status: number): Reply {
  const shown = shownEvent(call, event, readQuery(call.query));
  const location = `${call.base}/users/${call.mailbox.id}/events/${String(shown['id'])}`;
  return {
    status,
    headers: { etag: etag(event), ...(status === 201 ? { location } : {}) },
    body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'events')}/$entity`, ...shown },
  };
}

function list(call: MailboxCall): Reply {
  const { world, mailbox } = call;
  return eventList(call, world.exchange.list(mailbox.id, calendarOf(call).id), 'calendar/events');
}

/** What was posted under each transactionId, to tell a repetition from another event under the same id. */
const posted = new WeakMap<object, Map<string, unknown>>();

/**
 * The same transactionId again: the same request gets the event that it made; another one is refused with its id (public reports:
 * 400 ErrorDuplicateTransactionId, `@event.existingEventId`).
 */
function repeated(call: MailboxCall, transactionId: string): ExchangeEvent | undefined {
  const { world, mailbox, headers } = call;
  const known = world.exchange.list(mailbox.id).find((event) => event.transactionId === transactionId);
  if (!known || isDeepStrictEqual(posted.get(world)?.get(known.id), call.body)) return known;
  throw new GraphError(400, 'ErrorDuplicateTransactionId', "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.", {
    extra: { '@event.existingEventId': idsOf(known, world.exchange, readPrefer(headers['prefer'])).id },
  });
}

function create(call: MailboxCall): Reply {
  const { world, mailbox } = call;
  const draft = readEvent(call.body);
  const before = draft.transactionId ? repeated(call, draft.transactionId) : undefined;
  if (before) return single(call, before, 201);
  if (draft.start === undefined || draft.end === undefined) throw badRequest('ErrorPropertyValidationFailure', 'At least one property failed validation. Start and End are required.');
  const event = world.exchange.send(mailbox.id, { ...draft, calendarId: calendarOf(call).id });
  const known = posted.get(world) ?? new Map<string, unknown>();
  posted.set(world, known.set(event.id, call.body));
  return single(call, event, 201);
}

/** Refuses a write when `If-Match` names another version. */
function checkVersion({ headers }: MailboxCall, event: ExchangeEvent): void {
  const wanted = headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted === etag(event)) return;
  throw new GraphError(412, 'ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.');
}

function update(call: MailboxCall): Reply {
  const event = eventOf(call);
  checkVersion(call, event);
  const { transactionId: _fixed, ...changes } = readEvent(call.body);
  return single(call, call.world.exchange.update(call.mailbox.id, event.id, changes), 200);
}

/** The organizer's delete tells the attendees, without a text. */
function remove(call: MailboxCall): Reply {
  const { world: { exchange }, mailbox } = call;
  const event = eventOf(call);
  checkVersion(call, event);
  if (event.isOrganizer) exchange.cancel(mailbox.id, event.id);
  else exchange.remove(mailbox.id, event.id);
  return { status: 204 };
}

function calendarView(call: MailboxCall): Reply {
  const { world, mailbox, query } = call;
  const events = world.exchange.view(mailbox.id, instantParameter(query, 'startDateTime'), instantParameter(query, 'endDateTime'), calendarOf(call).id);
  return eventList(call, events, 'calendarView');
}

function instances(call: MailboxCall): Reply {
  const { world, mailbox, query } = call;
  const event = eventOf(call);
  if (event.type !== 'seriesMaster') throw badRequest('ErrorInvalidOperation', 'Instances can only be listed for a series master.');
  const events = world.exchange.occurrences(mailbox.id, event.id, instantParameter(query, 'startDateTime'), instantParameter(query, 'endDateTime'));
  return eventList(call, events, `events('${event.id}')/instances`);
}

export const eventRoutes: MailboxRoute[] = [
  ...underCalendars('GET', 'calendarView', 'Calendars.Read', calendarView),
  ...underCalendars('GET', 'events', 'Calendars.Read', list),
  ...underCalendars('POST', 'events', 'Calendars.ReadWrite', create),
  ...underCalendars('GET', 'events/{event}', 'Calendars.Read', (call) => single(call, eventOf(call), 200)),
  ...underCalendars('PATCH', 'events/{event}', 'Calendars.ReadWrite', update),
  ...underCalendars('DELETE', 'events/{event}', 'Calendars.ReadWrite', remove),
  ...underCalendars('GET', 'events/{event}/instances', 'Calendars.Read', instances),
];
