import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Guest } from './outright.ts';

/** A calendar file (RFC 5545), or the calendar part of an invitation (RFC 5546). Instants epoch ms, UTC, and written so: no zone can be misread. */
export interface IcsFacts {
  /** PUBLISH for a file that somebody downloads, REQUEST and CANCEL for mails. */
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  /** The same for the life of the event: calendars know it by this. */
  uid: string;
  /** Rises with every change that matters. */
  sequence: number;
  now: number;
  subject: string;
  description: string;
  /** The join link, which is also the place. */
  url: string;
  organizer: Guest;
  /** Only in mails: a file names nobody else. */
  guests: readonly Guest[];
  /** Every stretch of time; several for a series, each an event of its own with a UID of its own, which every calendar accepts. */
  windows: readonly { originalStart: number; startsAt: number; endsAt: number }[];
}

/** Longest line of a subject that calendars show; longer ones are cut, not refused. */
const longest = { line: 255, text: 8_000 };

export function icsOf({ method, uid, sequence, now, subject, description, url, organizer, guests, windows }: IcsFacts): string {
  const calendar = ical({ prodId: { company: 'Tieline', product: 'Conferences', language: 'EN' }, method: ICalCalendarMethod[method] });
  const isSeries = windows.length > 1;
  for (const { originalStart, startsAt, endsAt } of windows) {
    const event = calendar.createEvent({
      id: isSeries ? `${originalStart}-${uid}` : uid,
      sequence,
      stamp: new Date(now),
      start: new Date(startsAt),
      end: new Date(endsAt),
      summary: oneLine(subject),
      description: text(description),
      location: url,
      url,
      status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: oneLine(organizer.name), email: organizer.address },
    });
    for (const { name, address } of guests) {
      event.createAttendee({ name: oneLine(name) || address, email: address, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: false });
    }
  }
  return calendar.toString();
}

/** One line without control characters: a subject with a line break must not become another property. Quotes would end a parameter. */
export function oneLine(value: string): string {
  return cut(value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('"', "'").trim(), longest.line);
}

function text(value: string): string {
  return cut(value.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]/gu, ''), longest.text);
}

/** By characters that people see whole, so that no emoji is cut in half. */
function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(value)) {
    if (kept.length + segment.length > most) break;
    kept += segment;
  }
  return kept;
}
