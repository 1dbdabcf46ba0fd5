import type { Recurrence, RecurrencePattern, Weekday, WeekIndex } from '../../mailbox.ts';
import { instantOf, isoDate, offsetMinutes, wallTime } from '../zones.ts';
import { HostError, errorCode } from './errors.ts';
import type { Params } from './params.ts';
import { integer, record, text, texts } from './params.ts';

const days: Record<string, Weekday> = { sun: 'sunday', mon: 'monday', tue: 'tuesday', wed: 'wednesday', thu: 'thursday', fri: 'friday', sat: 'saturday' };
const workdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const indexes: WeekIndex[] = ['first', 'second', 'third', 'fourth', 'last'];
const groups: Record<string, Weekday[]> = { weekday: workdays, weekendDay: ['saturday', 'sunday'], day: ['sunday', ...workdays, 'saturday'] };

function shortDay(day: Weekday): string {
  return day.slice(0, 3);
}

function groupName(wanted: Weekday[]): string {
  const group = Object.entries(groups).find(([, each]) => each.length === wanted.length && each.every((day) => wanted.includes(day)));
  return group?.[0] ?? shortDay(wanted[0] ?? 'monday');
}

/** The times of a series: start and end of the first occurrence, and the zone on whose wall it repeats. `windowsZone` is the zone's Windows name. */
export interface SeriesTimes { start: number; end: number; zone: string; windowsZone: string }

function propertiesOf({ type, interval, daysOfWeek = [], firstDayOfWeek = 'sunday', dayOfMonth, index, month }: RecurrencePattern): { recurrenceType: string; recurrenceProperties: object | null } {
  if (type === 'daily') return { recurrenceType: 'daily', recurrenceProperties: { interval } };
  if (type === 'weekly') {
    if (interval === 1 && groupName(daysOfWeek) === 'weekday') return { recurrenceType: 'weekday', recurrenceProperties: null };
    return { recurrenceType: 'weekly', recurrenceProperties: { interval, days: daysOfWeek.map(shortDay), firstDayOfWeek: shortDay(firstDayOfWeek) } };
  }
  const when = type.startsWith('absolute') ? { dayOfMonth } : { dayOfWeek: groupName(daysOfWeek), weekNumber: index ?? 'first' };
  if (type.endsWith('Yearly')) return { recurrenceType: 'yearly', recurrenceProperties: { interval, month: months[(month ?? 1) - 1], ...when } };
  return { recurrenceType: 'monthly', recurrenceProperties: { interval, ...when } };
}

/** Microsoft's name and ours of the one zone without a place that Outlook's list offers. */
export const utc = { windows: 'UTC', iana: 'Etc/UTC' } as const;

/** A recurrence as office.js reads it (`recurrence.getAsync`, `RecurrenceChanged`). */
export function officeRecurrence({ pattern, range }: Recurrence, { start, end, zone, windowsZone }: SeriesTimes): object {
  const wall = wallTime(start, zone);
  const [startYear, startMonth, startDay] = range.startDate.split('-').map(Number);
  const [endYear, endMonth, endDay] = (range.endDate ?? '').split('-').map(Number);
  const last = range.type === 'noEnd' ? { noEndDate: true } : { endYear, endMonth, endDay };
  return {
    ...propertiesOf(pattern),
    recurrenceTimeZone: { name: zone === utc.iana ? utc.windows : windowsZone, offset: offsetMinutes(start, zone) },
    seriesTimeJson: { startYear, startMonth, startDay, ...last, startTimeMin: wall.hour * 60 + wall.minute, durationMin: Math.round((end - start) / 60_000) },
  };
}

function dayNamed(name: string): Weekday {
  const day = days[name];
  if (!day) throw new HostError(errorCode.invalidRecurrence);
  return day;
}

function indexNamed(name: string): WeekIndex {
  const index = indexes.find((each) => each === name);
  if (!index) throw new HostError(errorCode.invalidRecurrence);
  return index;
}

function whenOf(properties: Params): Pick<RecurrencePattern, 'dayOfMonth' | 'daysOfWeek' | 'index'> {
  if (typeof properties['dayOfMonth'] === 'number') return { dayOfMonth: properties['dayOfMonth'] };
  const name = text(properties, 'dayOfWeek');
  return { daysOfWeek: groups[name] ?? [dayNamed(name)], index: indexNamed(text(properties, 'weekNumber')) };
}

function patternOf(type: string, properties: Params): RecurrencePattern {
  if (type === 'weekday') return { type: 'weekly', interval: 1, daysOfWeek: workdays };
  const interval = integer(properties, 'interval');
  if (type === 'daily') return { type: 'daily', interval };
  if (type === 'weekly') {
    const firstDayOfWeek = typeof properties['firstDayOfWeek'] === 'string' ? { firstDayOfWeek: dayNamed(properties['firstDayOfWeek']) } : {};
    return { type: 'weekly', interval, daysOfWeek: texts(properties, 'days').map(dayNamed), ...firstDayOfWeek };
  }
  const when = whenOf(properties);
  const kind = when.dayOfMonth === undefined ? 'relative' : 'absolute';
  if (type === 'monthly') return { type: `${kind}Monthly`, interval, ...when };
  if (type === 'yearly') return { type: `${kind}Yearly`, interval, month: months.indexOf(text(properties, 'month')) + 1, ...when };
  throw new HostError(errorCode.invalidRecurrence);
}

/** What `recurrence.setAsync` sent, in our words; null takes the recurrence away. Start and end follow from it. Throws HostError for a pattern without sense. */
export function ourRecurrence(data: unknown, zone: string): { recurrence: Recurrence; start: number; end: number } | null {
  if (data === null || data === undefined) return null;
  const { recurrenceType, recurrenceProperties, seriesTimeJson } = record(data);
  const time = record(seriesTimeJson);
  const minutes = integer(time, 'startTimeMin');
  const wall = { year: integer(time, 'startYear'), month: integer(time, 'startMonth'), day: integer(time, 'startDay'), hour: Math.floor(minutes / 60), minute: minutes % 60 };
  const start = instantOf(wall, zone);
  const startDate = isoDate(wall);
  const endDate = time['noEndDate'] === true ? null : isoDate({ ...wall, year: integer(time, 'endYear'), month: integer(time, 'endMonth'), day: integer(time, 'endDay') });
  return {
    recurrence: { pattern: patternOf(String(recurrenceType), record(recurrenceProperties)), range: endDate === null ? { type: 'noEnd', startDate } : { type: 'endDate', startDate, endDate } },
    start,
    end: start + integer(time, 'durationMin') * 60_000,
  };
}
