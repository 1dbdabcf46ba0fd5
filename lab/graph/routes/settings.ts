import type { AutomaticReplies, MailboxSettings, WorkingHours } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { field, isRecord, listField, textField } from '../json.ts';
import type { Json } from '../json.ts';
import { dateTimeTimeZone, readDateTimeTimeZone, toldZone, zoneOf } from '../times.ts';
import type { MailboxCall, MailboxRoute, Permission, Reply } from '../types.ts';

const statuses = ['disabled', 'alwaysEnabled', 'scheduled'] as const;
const audiences = ['none', 'contactsOnly', 'all'] as const;

function repliesJson({ status, externalAudience, start, end, internalMessage, externalMessage }: AutomaticReplies): Json {
  return {
    status, externalAudience, internalReplyMessage: internalMessage, externalReplyMessage: externalMessage,
    scheduledStartDateTime: dateTimeTimeZone(start, null), scheduledEndDateTime: dateTimeTimeZone(end, null),
  };
}

function hoursJson({ days, startTime, endTime, timeZone }: WorkingHours): Json {
  return { daysOfWeek: days, startTime: `${startTime}.0000000`, endTime: `${endTime}.0000000`, timeZone: { name: toldZone(timeZone) } };
}

function settingsJson({ world, mailbox }: MailboxCall): Json {
  const { automaticReplies, timeZone, workingHours } = world.exchange.settings(mailbox.id);
  return {
    automaticRepliesSetting: repliesJson(automaticReplies), timeZone: toldZone(timeZone), language: { locale: 'en-US', displayName: 'English (United States)' },
    workingHours: hoursJson(workingHours), dateFormat: 'M/d/yyyy', timeFormat: 'h:mm tt', delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly', userPurpose: mailbox.userPurpose,
  };
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined, before: T): T {
  if (value === undefined) return before;
  const found = known.find((each) => each.toLowerCase() === value.toLowerCase());
  if (!found) throw badRequest('RequestBodyRead', `Requested value '${value}' was not found.`);
  return found;
}

function readReplies(value: unknown, before: AutomaticReplies): AutomaticReplies {
  return {
    status: oneOf(statuses, textField(value, 'status'), before.status),
    externalAudience: oneOf(audiences, textField(value, 'externalAudience'), before.externalAudience),
    start: readDateTimeTimeZone(value, 'scheduledStartDateTime')?.instant ?? before.start,
    end: readDateTimeTimeZone(value, 'scheduledEndDateTime')?.instant ?? before.end,
    internalMessage: textField(value, 'internalReplyMessage') ?? before.internalMessage,
    externalMessage: textField(value, 'externalReplyMessage') ?? before.externalMessage,
  };
}

function readHours(value: unknown, before: WorkingHours): WorkingHours {
  const zone = textField(field(value, 'timeZone'), 'name');
  return {
    days: listField(value, 'daysOfWeek')?.map((day) => String(day).toLowerCase()) ?? before.days,
    startTime: textField(value, 'startTime')?.slice(0, 8) ?? before.startTime,
    endTime: textField(value, 'endTime')?.slice(0, 8) ?? before.endTime,
    timeZone: zone === undefined ? before.timeZone : zoneOf(zone),
  };
}

function change(call: MailboxCall): Reply {
  const { world, mailbox, body } = call;
  if (!isRecord(body)) throw badRequest('BadRequest', 'Empty Payload. JSON content expected.');
  const before = world.exchange.settings(mailbox.id);
  const zone = textField(body, 'timeZone');
  const changes: Partial<MailboxSettings> = {
    automaticReplies: readReplies(field(body, 'automaticRepliesSetting'), before.automaticReplies),
    workingHours: readHours(field(body, 'workingHours'), before.workingHours),
    timeZone: zone === undefined ? before.timeZone : zoneOf(zone),
  };
  world.exchange.changeSettings(mailbox.id, changes);
  return all(call);
}

function context({ base, mailbox }: MailboxCall, member = ''): string {
  return `${base}/$metadata#users('${mailbox.id}')/mailboxSettings${member}`;
}

function all(call: MailboxCall): Reply {
  return { status: 200, body: { '@odata.context': context(call), ...settingsJson(call) } };
}

/** One member alone: objects as themselves, plain values as `value`. */
function member(call: MailboxCall): Reply {
  const name = call.params['member'] ?? '';
  const value = field(settingsJson(call), name);
  if (value === undefined) throw badRequest('BadRequest', `Resource not found for the segment '${name}'.`);
  return { status: 200, body: { '@odata.context': context(call, `/${name}`), ...(isRecord(value) ? value : { value }) } };
}

function route(method: string, path: string, permission: Permission, handle: MailboxRoute['handle']): MailboxRoute {
  return { method, path, below: 'mailbox', permission, isOutlook: true, handle };
}

export const settingsRoutes: MailboxRoute[] = [
  route('GET', 'mailboxSettings', 'MailboxSettings.Read', all),
  route('PATCH', 'mailboxSettings', 'MailboxSettings.ReadWrite', change),
  route('GET', 'mailboxSettings/{member}', 'MailboxSettings.Read', member),
];
