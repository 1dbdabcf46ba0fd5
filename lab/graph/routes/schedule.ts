import type { Exchange, ExchangeEvent, Person } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { field, listField, textField } from '../json.ts';
import type { Json } from '../json.ts';
import { readPrefer } from '../prefer.ts';
import { dateTimeTimeZone, readDateTimeTimeZone, toldZone } from '../times.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { underCalendars } from './calendar-scope.ts';

/** Limits of getSchedule (outlook-get-free-busy-schedule): 20 addresses, under 62 days, slots of 5 to 1,440 minutes. */
const mostSchedules = 20;
const longestMs = 62 * 24 * 3_600_000;
const slotMinutes = { least: 5, most: 1_440, usual: 30 };

const digits = { free: 0, workingElsewhere: 0, unknown: 0, tentative: 1, busy: 2, oof: 3 };

/** One digit a slot: the busiest thing in it. */
function availability(events: ExchangeEvent[], from: number, to: number, slotMs: number): string {
  let view = '';
  for (let at = from; at < to; at += slotMs) {
    const here = events.filter(({ start, end }) => start < at + slotMs && end > at);
    view += String(Math.max(0, ...here.map(({ showAs }) => digits[showAs])));
  }
  return view;
}

function itemJson(event: ExchangeEvent, zone: string | null): Json {
  const isPrivate = event.sensitivity === 'private' || event.sensitivity === 'confidential';
  const details = isPrivate ? {} : { subject: event.subject, location: event.locations[0]?.name ?? '' };
  return { isPrivate, status: event.showAs, ...details, isMeeting: event.attendees.length > 0, isRecurring: event.seriesMasterId !== null, isException: event.type === 'exception', isReminderSet: event.isReminderOn, start: dateTimeTimeZone(event.start, zone), end: dateTimeTimeZone(event.end, zone) };
}

interface Asked { from: number; to: number; slotMs: number; zone: string | null }

function scheduleOf(exchange: Exchange, person: Person, { from, to, slotMs, zone }: Asked): Json {
  const events = exchange.view(person.id, from, to).filter(({ showAs }) => showAs !== 'free');
  const { days, startTime, endTime, timeZone } = exchange.settings(person.id).workingHours;
  return {
    scheduleId: person.address, availabilityView: availability(events, from, to, slotMs), scheduleItems: events.map((event) => itemJson(event, zone)),
    workingHours: { daysOfWeek: days, startTime: `${startTime}.0000000`, endTime: `${endTime}.0000000`, timeZone: { name: toldZone(timeZone) } },
  };
}

function unknown(scheduleId: string): Json {
  return { scheduleId, availabilityView: '', scheduleItems: [], error: { message: `Unable to resolve e-mail address ${scheduleId} to an Active Directory object.`, responseCode: 'ErrorMailRecipientNotFound' } };
}

function getSchedule(call: MailboxCall): Reply {
  const { world, body } = call;
  const schedules = (listField(body, 'schedules') ?? []).map(String);
  if (schedules.length === 0 || schedules.length > mostSchedules) throw badRequest('ErrorInvalidParameter', `The number of schedules has to be between 1 and ${mostSchedules}.`);
  const from = readDateTimeTimeZone(body, 'startTime')?.instant;
  const to = readDateTimeTimeZone(body, 'endTime')?.instant;
  if (from === undefined || to === undefined || to <= from || to - from >= longestMs) throw badRequest('ErrorInvalidParameter', 'The requested time duration specified for FreeBusyViewOptions.TimeWindow is not valid.');
  const minutes = Number(field(body, 'availabilityViewInterval') ?? slotMinutes.usual);
  if (!(minutes >= slotMinutes.least && minutes <= slotMinutes.most)) throw badRequest('ErrorInvalidParameter', 'The interval has to be between 5 and 1440 minutes.');
  const zone = readPrefer(call.headers['prefer']).timeZone ?? textField(field(body, 'startTime'), 'timeZone') ?? null;
  const asked = { from, to, slotMs: minutes * 60_000, zone };
  const value = schedules.map((address) => {
    const person = world.exchange.person(address);
    return person ? scheduleOf(world.exchange, person, asked) : unknown(address);
  });
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(microsoft.graph.scheduleInformation)`, value } };
}

export const scheduleRoutes: MailboxRoute[] = underCalendars('POST', 'getSchedule', 'Calendars.Read', getSchedule);
