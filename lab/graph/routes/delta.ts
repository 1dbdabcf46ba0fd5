import type { Exchange, ExchangeEvent } from '../../exchange/index.ts';
import type { DeltaRound, DeltaState, DeltaWindow, Snapshot } from '../delta-store.ts';
import { GraphError, badRequest } from '../errors.ts';
import { eventJson, occurrenceStub } from '../event-json.ts';
import type { Json } from '../json.ts';
import { linkWith } from '../page.ts';
import { readPrefer } from '../prefer.ts';
import type { Preferences } from '../prefer.ts';
import { option } from '../query.ts';
import { instantParameter, timestamp } from '../times.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { calendarOf, underCalendars } from './calendar-scope.ts';

/** calendarView/delta takes no other option; page size goes by `Prefer: odata.maxpagesize`. */
const refused = ['orderby', 'filter', 'select', 'expand', 'search'];
const defaultPageSize = 10;

function checkOptions({ query }: MailboxCall): void {
  if (option(query, 'top') !== null) throw badRequest('ErrorInvalidUrlQuery', "The '$top' parameter is not supported with change tracking over the 'CalendarView' resource as page size cannot be guaranteed. Express page size preferences using the Prefer: odata.maxpagesize= header instead.");
  if (refused.some((name) => option(query, name) !== null)) {
    throw badRequest('ErrorInvalidUrlQuery', "The following parameters are not supported with change tracking over the 'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'.");
  }
}

/** Singles and series with something in the window. */
function itemsWithin(exchange: Exchange, { mailboxId, calendarId, from, to }: DeltaWindow): ExchangeEvent[] {
  return exchange.list(mailboxId, calendarId).filter((event) =>
    event.type === 'seriesMaster' ? exchange.occurrences(mailboxId, event.id, from, to).length > 0 : event.start < to && (event.end > from || event.start >= from));
}

/**
 * What one item gives: a single event whole; a series as its master whole, its occurrences as stubs, its exceptions whole. An occurrence that was taken out is told
 * by its absence only: there is no `@removed` for it (microsoft-graph-docs PR 4501).
 */
function groupOf(exchange: Exchange, { mailboxId, from, to }: DeltaWindow, item: ExchangeEvent, prefer: Preferences): Json[] {
  const whole = (event: ExchangeEvent): Json => ({ '@odata.type': '#microsoft.graph.event', ...eventJson(event, exchange, prefer) });
  if (item.type !== 'seriesMaster') return [whole(item)];
  const occurrences = exchange.occurrences(mailboxId, item.id, from, to).map((event) => (event.type === 'exception' ? whole(event) : occurrenceStub(event, exchange, prefer)));
  return [whole(item), ...occurrences];
}

function removedJson(id: string): Json {
  return { '@odata.type': '#microsoft.graph.event', id, '@removed': { reason: 'deleted' } };
}

/** What changed since `before`, in groups, and the snapshot that holds afterwards. */
function changesSince(exchange: Exchange, { window, snapshot: before }: DeltaState, prefer: Preferences): { groups: Json[][]; done: Snapshot } {
  const within = itemsWithin(exchange, window);
  const done = new Map(within.map(({ id, changeKey, restId }) => [id, { changeKey, restId }]));
  const groups = within.filter(({ id, changeKey }) => before.get(id)?.changeKey !== changeKey).map((item) => groupOf(exchange, window, item, prefer));
  for (const [id, { restId }] of before) {
    if (done.has(id)) continue;
    const item = exchange.read(window.mailboxId, id);
    // Moved out of the window: told once more, with its new time.
    if (item && item.calendarId === window.calendarId) groups.push(groupOf(exchange, window, item, prefer));
    else groups.push([removedJson(prefer.immutableId ? id : restId)]);
  }
  return { groups, done };
}

/** Refuses a token that is no good any more; `Location` starts the same window again, with an empty token. */
function expired(call: MailboxCall, token: string): GraphError {
  const window = call.world.deltas.expiredWindow(token);
  const again: Record<string, string> = window ? { startDateTime: timestamp(window.from), endDateTime: timestamp(window.to) } : {};
  const location = linkWith(call, { $skiptoken: null, ...again, $deltatoken: '' });
  return new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found; continuing is not possible.', { headers: { location } });
}

/**
 * One page of a round. A series is never split, so a page may be longer than asked. Between pages the last item comes twice, and a round of several pages ends
 * with an empty one: both are legal at Graph and happen.
 */
function page(call: MailboxCall, round: DeltaRound): Reply {
  const { deltas } = call.world;
  const size = readPrefer(call.headers['prefer']).maxPageSize ?? defaultPageSize;
  const value: Json[] = round.left.length > 0 ? [...(round.before ?? [])] : [];
  let given = 0;
  for (; given < round.left.length; given++) {
    const group = round.left[given] ?? [];
    if (given > 0 && value.length + group.length > size) break;
    value.push(...group);
  }
  const left = round.left.slice(given);
  const isDone = left.length === 0 && (round.before === null || given === 0);
  const lastGroup = round.left[given - 1] ?? [];
  const token = isDone
    ? { $deltatoken: deltas.putState({ window: round.window, snapshot: round.done }) }
    : { $skiptoken: deltas.putRound({ ...round, left, before: lastGroup.length === 1 ? lastGroup : [] }) };
  const link = linkWith(call, { $deltatoken: null, $skiptoken: null, startDateTime: null, endDateTime: null, ...token });
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(event)`, value, [isDone ? '@odata.deltaLink' : '@odata.nextLink']: link } };
}

/** A first round, or (`$deltatoken`) what changed since, or (`$skiptoken`) the next page. The window is that of the first request. Throws GraphError 410 for a token that is not known. */
function delta(call: MailboxCall): Reply {
  checkOptions(call);
  const { world, mailbox, query, headers } = call;
  const prefer = readPrefer(headers['prefer']);
  const skipToken = option(query, 'skiptoken');
  const deltaToken = option(query, 'deltatoken');
  if (skipToken) {
    const round = world.deltas.round(skipToken);
    if (!round || round.window.mailboxId !== mailbox.id) throw expired(call, skipToken);
    return page(call, round);
  }
  if (deltaToken) {
    const state = world.deltas.state(deltaToken);
    if (!state || state.window.mailboxId !== mailbox.id) throw expired(call, deltaToken);
    const { groups, done } = changesSince(world.exchange, state, prefer);
    return page(call, { window: state.window, left: groups, before: null, done });
  }
  const window = { mailboxId: mailbox.id, calendarId: calendarOf(call).id, from: instantParameter(query, 'startDateTime'), to: instantParameter(query, 'endDateTime') };
  const { groups, done } = changesSince(world.exchange, { window, snapshot: new Map() }, prefer);
  return page(call, { window, left: groups, before: null, done });
}

export const deltaRoutes: MailboxRoute[] = underCalendars('GET', 'calendarView/delta', 'Calendars.Read', delta);

