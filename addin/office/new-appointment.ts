import { officeCall } from './call.ts';
import { ownAddress } from './context.ts';
import { currentItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** What a new appointment begins with. */
export interface Draft {
  subject: string;
  body: string;
  location: string;
  attendees: readonly string[];
}

/** Outlook takes no more people in one call. */
const MOST_PEOPLE = 100;

/** True where Outlook can open a new appointment for us: only while a message or appointment is read. */
export function canOpenAppointment(): boolean {
  return currentItem() !== undefined && typeof Office.context.mailbox.displayNewAppointmentForm === 'function';
}

/** Subject of the mail beside the pane, and everybody in it but oneself. */
export function peopleInMail(): { subject: string; attendees: string[] } {
  const item = currentItem();
  if (item === undefined) return { subject: '', attendees: [] };
  const people = [item.from, ...(item.to ?? []), ...(item.cc ?? [])].map((person) => person?.emailAddress ?? '');
  const own = ownAddress().toLowerCase();
  const others = [...new Set(people)].filter((address) => address !== '' && address.toLowerCase() !== own);
  return { subject: item.normalizedSubject ?? '', attendees: others.slice(0, MOST_PEOPLE) };
}

/** Opens a window with a new appointment, filled in. */
export async function openAppointment({ subject, body, location, attendees }: Draft): Promise<void> {
  const form = { requiredAttendees: [...attendees], subject: subject.slice(0, 255), body, location: location.slice(0, 255) };
  const mailbox = Office.context.mailbox;
  if (hasMailbox('1.9')) await officeCall<void>('displayNewAppointmentFormAsync', (done) => mailbox.displayNewAppointmentFormAsync(form, done));
  else mailbox.displayNewAppointmentForm(form);
}
