import { needItem } from './item.ts';

/** An appointment that somebody else sent, as Outlook shows it. */
export interface SentAppointment {
  subject: string;
  startsAt: Date;
  endsAt: Date;
  organizer: string;
}

/** Reads an appointment in read mode; there its fields are plain values. */
export function sentAppointment(): SentAppointment {
  const item = needItem();
  return {
    subject: String(item.subject),
    startsAt: new Date(String(item.start)),
    endsAt: new Date(String(item.end)),
    organizer: item.organizer?.displayName ?? '',
  };
}
