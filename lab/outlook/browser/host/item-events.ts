import { changedRecipients, eventName, payload } from './events.ts';
import type { Attachment, Author, ItemFields, OpenItem } from './item.ts';
import { isAppointment } from './item.ts';
import { officeAttachment } from './initial-data.ts';
import { officeLocation } from './places.ts';
import { officeRecurrence } from './recurrence.ts';

/** One thing that happened to the item: for pages that registered (`name`, `data`) and for event handlers of the manifest (`launch`, `event`). */
export interface ItemEvent { name: string | null; data: object; launch: string | null; event: object }

type Change = { item: OpenItem; before: Readonly<ItemFields>; windowsZone: string };

function timeEvent({ item }: Change): ItemEvent {
  const { start, end } = item.fields;
  const event = { start: isoTime(start), end: isoTime(end) };
  return { name: eventName.timeChanged, data: payload.timeChanged(start, end), launch: 'OnAppointmentTimeChanged', event };
}

function isoTime(instant: number): string {
  return new Date(instant).toISOString();
}

function recipientsEvent({ item, before }: Change): ItemEvent {
  const changedRecipientFields = changedRecipients(item, before.attendees);
  const launch = isAppointment(item) ? 'OnAppointmentAttendeesChanged' : 'OnMessageRecipientsChanged';
  return { name: eventName.recipientsChanged, data: payload.recipientsChanged(changedRecipientFields), launch, event: { changedRecipientFields } };
}

function recurrenceEvent({ item, windowsZone }: Change): ItemEvent {
  const { recurrence } = item.fields;
  const office = recurrence ? officeRecurrence(recurrence, { ...item.fields, windowsZone }) : null;
  return { name: eventName.recurrenceChanged, data: payload.recurrenceChanged(office), launch: 'OnAppointmentRecurrenceChanged', event: { recurrence: office } };
}

function locationsEvent({ item }: Change): ItemEvent {
  const enhancedLocations = item.fields.places.map(officeLocation);
  return { name: eventName.locationsChanged, data: payload.locationsChanged(enhancedLocations), launch: null, event: {} };
}

function missing(from: readonly Attachment[], among: readonly Attachment[]): Attachment[] {
  return from.filter(({ id }) => !among.some((each) => each.id === id));
}

function attachmentEvents({ item, before }: Change): ItemEvent[] {
  const launch = isAppointment(item) ? 'OnAppointmentAttachmentsChanged' : 'OnMessageAttachmentsChanged';
  const event = (status: 'added' | 'removed') => (attachment: Attachment): ItemEvent => ({
    name: eventName.attachmentsChanged,
    data: payload.attachmentsChanged(status, attachment),
    launch,
    event: { attachmentStatus: status, attachmentDetails: officeAttachment(attachment) },
  });
  const { attachments } = item.fields;
  return [...missing(attachments, before.attachments).map(event('added')), ...missing(before.attachments, attachments).map(event('removed'))];
}

/** What Outlook tells add-ins about a change in the form. What the mailbox itself changed raises nothing, as in Outlook. */
export function eventsOf(change: Change, changed: ReadonlySet<keyof ItemFields>, by: Author): ItemEvent[] {
  if (by === 'mailbox') return [];
  return [
    ...(changed.has('start') || changed.has('end') ? [timeEvent(change)] : []),
    ...(changed.has('attendees') ? [recipientsEvent(change)] : []),
    ...(changed.has('recurrence') ? [recurrenceEvent(change)] : []),
    ...(changed.has('places') ? [locationsEvent(change)] : []),
    ...(changed.has('attachments') ? attachmentEvents(change) : []),
  ];
}

/** Events when an item is opened in a form: the first for new ones only, the second for all. */
export function openingEvents(item: OpenItem): string[] {
  const [forNew, forAll] = isAppointment(item) ? ['OnNewAppointmentOrganizer', 'OnAppointmentOrganizer'] : ['OnNewMessageCompose', 'OnMessageCompose'];
  return item.facts.id === null ? [forNew, forAll] : [forAll];
}
