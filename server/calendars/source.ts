import { TheirError } from '../domain/errors.ts';
import type { CalendarSource } from '../ports/calendar-source.ts';

/** The system that a mailbox lies in. Throws TheirError when it is no longer configured. */
export function sourceOf(sources: readonly CalendarSource[], instance: string): CalendarSource {
  const source = sources.find((each) => each.instance === instance);
  if (source) return source;
  throw new TheirError(instance, 'unavailable', 'is no longer configured', { remedy: `Connect a calendar system called "${instance}".` });
}
