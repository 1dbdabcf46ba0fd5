import type { Attendee } from '../../mailbox.ts';
import type { Attachment, OpenItem } from './item.ts';
import { attendeesOfType, isAppointment } from './item.ts';
import { officeAttachment } from './initial-data.ts';
import type { OfficeLocation } from './places.ts';

/** Names under which pages register, by what they mean. */
export const eventName = {
  itemChanged: 'olkItemSelectedChanged',
  recipientsChanged: 'olkRecipientsChanged',
  timeChanged: 'olkAppointmentTimeChanged',
  recurrenceChanged: 'olkRecurrenceChanged',
  attachmentsChanged: 'olkAttachmentsChanged',
  locationsChanged: 'olkEnhancedLocationsChanged',
  infobarClicked: 'olkInfobarClicked',
  themeChanged: 'officeThemeChanged',
  commandInvoked: 'appCommandInvoked',
  dialogMessage: 'dialogMessageReceived',
  dialogParentMessage: 'dialogParentMessageReceived',
} as const;

export type ChangedRecipients = Record<string, boolean>;

function addresses(attendees: readonly Attendee[], type: Attendee['type']): string {
  return attendeesOfType(attendees, type).map(({ address }) => address).join(' ');
}

/** Which fields of recipients differ, by the names that office.js uses for this kind of item. */
export function changedRecipients(item: OpenItem, before: readonly Attendee[]): ChangedRecipients {
  const names = isAppointment(item) ? { requiredAttendees: 'required', optionalAttendees: 'optional', resources: 'resource' } as const : { to: 'required', cc: 'optional', bcc: 'resource' } as const;
  return Object.fromEntries(Object.entries(names).map(([name, type]) => [name, addresses(before, type) !== addresses(item.fields.attendees, type)]));
}

/** Payloads of item events are one text of JSON in an array-like object. */
function packed(payload: unknown): object {
  return { 0: JSON.stringify(payload) };
}

export const payload = {
  recipientsChanged: (changed: ChangedRecipients): object => packed(changed),
  timeChanged: (start: number, end: number): object => packed({ start, end }),
  recurrenceChanged: (recurrence: object | null): object => packed({ recurrence: recurrence && JSON.stringify(recurrence) }),
  attachmentsChanged: (status: 'added' | 'removed', attachment: Attachment): object => packed({ attachmentStatus: status, attachmentDetails: officeAttachment(attachment) }),
  locationsChanged: (enhancedLocations: OfficeLocation[]): object => packed({ enhancedLocations }),
  infobarClicked: (details: InfobarDetails): object => ({ 0: details }),
  themeChanged: (colours: Record<string, number>): object => packed(colours),
  commandInvoked: (id: string, functionName: string, event: object): object => ({ 0: id, 1: functionName, 2: JSON.stringify(event) }),
  dialogMessage: (content: string, origin: string): object => ({ messageType: 0, messageContent: content, messageOrigin: origin }),
} as const;

/** `MailboxEnums.InfobarActionType.Dismiss` and the numbers of the message types. */
export interface InfobarDetails { actionType: 1; infobarType: number }
