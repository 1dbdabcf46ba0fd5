import type { Attendee, CalendarDraft, CalendarItem, NamedAddress, Response } from '../../mailbox.ts';
import type { NotificationList } from './notifications.ts';
import { createNotifications } from './notifications.ts';

export type Form = 'appointment-compose' | 'appointment-read' | 'message-compose' | 'message-read';
/** Who changed a field: the person at the form, the add-in by a call, or the mailbox when the item was saved. */
export type Author = 'user' | 'addin' | 'mailbox';

export interface Attachment { id: string; name: string; size: number; contentType: string; kind: 'file' | 'item' | 'cloud'; isInline: boolean; content: string; address: string }

/** What a form shows and an add-in may change. In a message, required attendees are To, optional Cc, resources Bcc. Instants are epoch ms UTC. */
export interface ItemFields extends Omit<CalendarDraft, 'id'> {
  attachments: Attachment[];
  headers: Record<string, string>;
  delayUntil: number | null;
  /** Put behind the body when the item is sent; null for nothing. */
  appendOnSend: string | null;
}

/** What a form is told and nobody changes in it. */
export interface ItemFacts {
  id: string | null;
  seriesId: string | null;
  kind: CalendarItem['kind'];
  organizer: NamedAddress;
  isOrganizer: boolean;
  /** True when attendees were sent this item before: the button says Send update. */
  wasSent: boolean;
  response: Response;
  createdAt: number;
  modifiedAt: number;
  itemClass: string;
  conversationId: string;
  internetMessageId: string;
  /** All internet headers of a received mail, one text. */
  transportHeaders: string;
}

/** What the page lends: the cursor. */
export interface BodyView {
  /** Puts HTML in place of the selection, or at the cursor, or at the top when the body never had the focus. */
  insert: (html: string) => void;
  selection: () => { html: string; text: string };
}

export interface OpenItem {
  readonly form: Form;
  /** The address of the mailbox that holds it: another one than the user's for a delegate. */
  readonly owner: string;
  readonly fields: Readonly<ItemFields>;
  readonly facts: Readonly<ItemFacts>;
  readonly session: Map<string, string>;
  readonly notifications: NotificationList;
  /** True while the form holds changes that the mailbox does not. */
  readonly isChanged: boolean;
  bodyView: BodyView | null;
  /** Handed to `getInitializationContextAsync`: what a smart alert's handler left for the pane that it opens. */
  initializationContext: string | null;
  change: (fields: Partial<ItemFields>, by: Author) => void;
  /** Takes over what the mailbox made of it. */
  saved: (item: CalendarItem) => void;
  watch: (fn: (changed: ReadonlySet<keyof ItemFields>, before: Readonly<ItemFields>, by: Author) => void) => () => void;
}

export const noFacts: ItemFacts = {
  id: null, seriesId: null, kind: 'single', organizer: { name: '', address: '' }, isOrganizer: true, wasSent: false, response: 'organizer', createdAt: 0, modifiedAt: 0,
  itemClass: 'IPM.Appointment', conversationId: '', internetMessageId: '', transportHeaders: '',
};

export function emptyFields(zone: string, start: number, end: number): ItemFields {
  return {
    subject: '', body: { type: 'html', content: '' }, start, end, zone, isAllDay: false, places: [], attendees: [], recurrence: null, sensitivity: 'normal', categories: [],
    properties: {}, attachments: [], headers: {}, delayUntil: null, appendOnSend: null,
  };
}

export function fieldsOf(item: CalendarItem): ItemFields {
  const { subject, body, start, end, zone, isAllDay, places, attendees, recurrence, sensitivity, categories, properties } = item;
  return { ...emptyFields(zone, start, end), subject, body, isAllDay, places, attendees, recurrence, sensitivity, categories, properties };
}

export function factsOf(item: CalendarItem): ItemFacts {
  const { id, seriesId, kind, organizer, isOrganizer, response, createdAt, modifiedAt } = item;
  const wasSent = item.attendees.length > 0 && !item.isDraft;
  return { ...noFacts, id, seriesId, kind, organizer, isOrganizer, response, createdAt, modifiedAt, wasSent };
}

const fieldNames: readonly (keyof ItemFields)[] = [
  'subject', 'body', 'start', 'end', 'zone', 'isAllDay', 'places', 'attendees', 'recurrence', 'sensitivity', 'categories', 'properties', 'attachments', 'headers', 'delayUntil', 'appendOnSend',
];

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface NewItem { form: Form; owner: string; fields: ItemFields; facts: ItemFacts }

/** An item in a form: its fields, who is told when they change, and what lives only as long as the form. */
export function createItem({ form, owner, fields: first, facts: firstFacts }: NewItem): OpenItem {
  let fields = structuredClone(first);
  let facts = { ...firstFacts };
  let isChanged = false;
  const watchers = new Set<Parameters<OpenItem['watch']>[0]>();

  function change(patch: Partial<ItemFields>, by: Author): void {
    const before = fields;
    const keys = fieldNames.filter((key) => key in patch && !same(before[key], patch[key]));
    if (keys.length === 0) return;
    fields = { ...before, ...patch };
    isChanged = by !== 'mailbox';
    const changed = new Set(keys);
    for (const watcher of watchers) watcher(changed, before, by);
  }

  return {
    form,
    owner,
    get fields() { return fields; },
    get facts() { return facts; },
    get isChanged() { return isChanged; },
    session: new Map(),
    notifications: createNotifications(),
    bodyView: null,
    initializationContext: null,
    change,
    saved(item) {
      facts = { ...facts, ...factsOf(item), wasSent: facts.wasSent };
      isChanged = false;
    },
    watch(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}

export function isCompose({ form }: Pick<OpenItem, 'form'>): boolean {
  return form.endsWith('compose');
}

export function isAppointment({ form }: Pick<OpenItem, 'form'>): boolean {
  return form.startsWith('appointment');
}

/** The draft that the mailbox is given. */
export function draftOf({ fields, facts }: OpenItem): CalendarDraft {
  const { subject, body, start, end, zone, isAllDay, places, attendees, recurrence, sensitivity, categories, properties } = fields;
  return { id: facts.id, subject, body, start, end, zone, isAllDay, places, attendees, recurrence, sensitivity, categories, properties };
}

export function attendeesOfType(attendees: readonly Attendee[], type: Attendee['type']): Attendee[] {
  return attendees.filter((each) => each.type === type);
}
