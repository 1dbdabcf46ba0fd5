import { z } from 'zod';

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A zone of the IANA database, as this machine knows it: times are written in it later, when nobody is there to be told. */
export const timeZone = z.string().max(64).refine(isTimeZone, 'a time zone, such as "Europe/Berlin"');
