import { DateTime } from 'luxon';
import { ianaZone } from '../../domain/zones.ts';

/** Graph's dateTimeTimeZone: a wall time without offset, and the zone of that wall. */
export interface WallTime { dateTime: string; timeZone?: string | null | undefined }

/** Seven digits of fraction, as Graph writes them, are four too many for a date parser. */
function shortened(text: string): string {
  return text.replace(/(\.\d{3})\d+/, '$1');
}

/**
 * The instant (epoch ms, UTC) of a wall time; null when it is none. Days of an all-day event float: Graph tells them as midnight in whatever zone is asked, so
 * they are midnights of `homeZone`, the IANA zone in which the event was made (graph.md §5).
 */
export function instantOf({ dateTime, timeZone }: WallTime, isAllDay: boolean, homeZone: string): number | null {
  const told = ianaZone(timeZone) ?? 'UTC';
  const wall = DateTime.fromISO(shortened(dateTime), { zone: told });
  if (!wall.isValid) return null;
  const isMidnight = wall.hour === 0 && wall.minute === 0 && wall.second === 0;
  return (isAllDay && isMidnight ? wall.setZone(homeZone, { keepLocalTime: true }) : wall).toMillis();
}

/** A timestamp with offset ("2026-11-21T09:00:00Z"), epoch ms UTC; without an offset it is UTC. Null when it is none. */
export function timestampOf(text: string | null | undefined): number | null {
  if (!text) return null;
  const read = DateTime.fromISO(shortened(text), { zone: 'utc' });
  return read.isValid ? read.toMillis() : null;
}

/** As Graph reads it in a query: ISO 8601 with Z. */
export function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/** The same wall time on another day: `date` is yyyy-MM-dd in `zone` (IANA). Epoch ms UTC; null when `date` is none. */
export function onDay(date: string, likeInstant: number, zone: string): number | null {
  const day = DateTime.fromISO(date, { zone });
  if (!day.isValid) return null;
  const { hour, minute, second } = DateTime.fromMillis(likeInstant, { zone });
  return day.set({ hour, minute, second }).toMillis();
}
