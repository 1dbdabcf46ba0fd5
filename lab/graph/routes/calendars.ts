import type { Calendar } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { textField } from '../json.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readQuery, selected } from '../query.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { calendarOf, contextOf } from './calendar-scope.ts';

function calendarJson({ mailbox }: MailboxCall, { id, name, isDefault }: Calendar): Json {
  return {
    id, name, color: 'auto', hexColor: '', changeKey: id.slice(0, 24), canShare: true, canViewPrivateItems: true, canEdit: true, allowedOnlineMeetingProviders: ['teamsForBusiness'],
    defaultOnlineMeetingProvider: 'teamsForBusiness', isTallyingResponses: isDefault, isRemovable: !isDefault, isDefaultCalendar: isDefault,
    owner: { name: mailbox.name, address: mailbox.address },
  };
}

function one(call: MailboxCall): Reply {
  const json = selected(calendarJson(call, calendarOf(call)), readQuery(call.query).select, 'microsoft.graph.calendar');
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'calendars')}/$entity`, ...json } };
}

function list(call: MailboxCall): Reply {
  const { select, top } = readQuery(call.query);
  const items = call.world.exchange.calendars(call.mailbox.id).map((calendar) => selected(calendarJson(call, calendar), select, 'microsoft.graph.calendar'));
  return pageOf(call, contextOf(call, 'calendars'), items, top ?? call.world.defaultPageSize);
}

function create(call: MailboxCall): Reply {
  const name = textField(call.body, 'name');
  if (!name) throw badRequest('ErrorInvalidRequest', 'A calendar needs a name.');
  return { status: 201, body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'calendars')}/$entity`, ...calendarJson(call, call.world.exchange.addCalendar(call.mailbox.id, name)) } };
}

function route(method: string, path: string, permission: MailboxRoute['permission'], handle: MailboxRoute['handle']): MailboxRoute {
  return { method, path, below: 'mailbox', permission, isOutlook: true, handle };
}

export const calendarRoutes: MailboxRoute[] = [
  route('GET', 'calendar', 'Calendars.Read', one),
  route('GET', 'calendars', 'Calendars.Read', list),
  route('POST', 'calendars', 'Calendars.ReadWrite', create),
  route('GET', 'calendars/{calendar}', 'Calendars.Read', one),
];
