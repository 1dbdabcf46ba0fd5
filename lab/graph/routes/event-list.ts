import type { ExchangeEvent } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { eventJson, selectable } from '../event-json.ts';
import { expansions } from '../expand.ts';
import { readFilter } from '../filter.ts';
import { field } from '../json.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readPrefer } from '../prefer.ts';
import type { Preferences } from '../prefer.ts';
import { spelled } from '../properties.ts';
import { readQuery, selected } from '../query.ts';
import type { ODataQuery } from '../query.ts';
import type { MailboxCall, Reply } from '../types.ts';
import { contextOf } from './calendar-scope.ts';

/** Properties that a filter over events may name; Outlook refuses the others (iCalUId, start/dateTime and extended properties are those that we need). */
const filterable = new Set([
  'id', 'subject', 'start', 'end', 'icaluid', 'createddatetime', 'lastmodifieddatetime', 'iscancelled', 'isallday', 'isorganizer', 'isdraft', 'type', 'showas', 'sensitivity',
  'importance', 'seriesmasterid', 'transactionid', 'categories', 'originalstart',
]);

const utc: Preferences = { immutableId: true, timeZone: null, bodyType: null, allowsUnsafeHtml: false, maxPageSize: null, applied: [] };

/** One event as the query and the preferences want it. */
export function shownEvent({ world, headers }: MailboxCall, event: ExchangeEvent, { select, expand }: ODataQuery): Json {
  const prefer = readPrefer(headers['prefer']);
  const json = eventJson(event, world.exchange, prefer);
  const shown = select ? selected({ ...json, ...selectable(event, world.exchange, prefer) }, select, 'microsoft.graph.event') : json;
  return { ...shown, ...expansions(event, expand) };
}

function sorted(events: ExchangeEvent[], { world }: MailboxCall, { orderBy }: ODataQuery): ExchangeEvent[] {
  if (!orderBy) return events;
  const keyed = events.map((event) => ({ event, key: orderBy.path.split('/').reduce<unknown>(field, eventJson(event, world.exchange, utc)) }));
  if (keyed.some(({ key }) => typeof key !== 'string')) throw badRequest('ErrorInvalidUrlQuery', `The property '${orderBy.path}' cannot be ordered by.`);
  const order = keyed.toSorted((a, b) => String(a.key).localeCompare(String(b.key))).map(({ event }) => event);
  return orderBy.isDescending ? order.toReversed() : order;
}

/** A collection of events, filtered, ordered, paged and shown as asked. */
export function eventList(call: MailboxCall, events: ExchangeEvent[], collection: string): Reply {
  const query = readQuery(call.query);
  const filter = query.filter === null ? null : readFilter(query.filter, filterable);
  const fitting = filter ? events.filter((event) => filter({ json: { ...eventJson(event, call.world.exchange, utc), ...selectable(event, call.world.exchange, utc) }, properties: spelled(event.properties) })) : events;
  const shown = sorted(fitting, call, query);
  const size = query.top ?? readPrefer(call.headers['prefer']).maxPageSize ?? call.world.defaultPageSize;
  const page = { from: query.skip, to: query.skip + size };
  // Only the page is rendered; the places of the others are kept for the count.
  const items = shown.map((event, index) => (index >= page.from && index < page.to ? shownEvent(call, event, query) : {}));
  return pageOf(call, contextOf(call, collection), items, size);
}
