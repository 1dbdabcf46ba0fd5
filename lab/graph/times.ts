import { DateTime } from 'luxon';
import { ianaZone, windowsZone } from '../exchange/index.ts';
import { badRequest } from './errors.ts';
import { field, textField } from './json.ts';

const withFraction = "yyyy-MM-dd'T'HH:mm:ss.SSS'0000'";

/** An instant (epoch ms UTC) as a Graph timestamp: `2026-03-23T08:00:00Z`. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** An instant as Graph's dateTimeTimeZone in `zone`, a Windows or IANA name, which is told back as it was asked. */
export function dateTimeTimeZone(instant: number, zone: string | null): { dateTime: string; timeZone: string } {
  const shown = zone ?? 'UTC';
  return { dateTime: DateTime.fromMillis(instant, { zone: ianaZone(shown) }).toFormat(withFraction), timeZone: shown };
}

/** Days of an all-day event float: midnight stays midnight in whatever zone is asked. `stored` is the zone it was made in. */
export function floatingDay(instant: number, stored: string, zone: string | null): { dateTime: string; timeZone: string } {
  return { dateTime: DateTime.fromMillis(instant, { zone: stored }).toFormat(withFraction), timeZone: zone ?? 'UTC' };
}

/** Reads a dateTimeTimeZone: the instant (epoch ms UTC) and the IANA zone; undefined when absent. Throws GraphError for a value that is no time. */
export function readDateTimeTimeZone(value: unknown, name: string): { instant: number; zone: string } | undefined {
  const given = field(value, name);
  if (given === undefined || given === null) return undefined;
  const dateTime = textField(given, 'dateTime');
  const zone = zoneOf(textField(given, 'timeZone'));
  const read = dateTime === undefined ? null : DateTime.fromISO(dateTime.replace(/(\.\d{3})\d+/, '$1'), { zone });
  if (!read?.isValid) throw badRequest('RequestBodyRead', `Cannot convert the value of '${name}' to the expected type 'DateTimeTimeZone'.`);
  return { instant: read.toMillis(), zone };
}

export function zoneOf(name: string | undefined): string {
  if (name === undefined || name === '' || /^tzone:\/\/Microsoft\/Utc$/i.test(name)) return 'UTC';
  return ianaZone(name);
}

/** A query parameter as an instant (epoch ms UTC); without an offset it is UTC. Throws GraphError when it is missing or no time. */
export function instantParameter(query: URLSearchParams, name: string): number {
  const key = [...query.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
  const text = key === undefined ? null : query.get(key);
  if (text === null) throw badRequest('ErrorInvalidParameter', 'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.');
  // An unescaped "+" of an offset arrives as a blank, as it would at Graph.
  const read = DateTime.fromISO(text, { zone: 'utc' });
  if (!read.isValid) throw badRequest('ErrorInvalidParameter', `The value '${text}' is not a valid DateTimeOffset value. The ${name} query parameter is not valid.`);
  return read.toMillis();
}

/** The name in which Exchange tells a zone: Windows where there is one. */
export function toldZone(iana: string): string {
  return windowsZone(iana);
}

