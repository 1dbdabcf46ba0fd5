import type { Attendee, NamedAddress } from '../../mailbox.ts';
import type { ItemFacts, ItemFields, OpenItem } from '../host/item.ts';
import { createItem, emptyFields, factsOf, fieldsOf, noFacts } from '../host/item.ts';
import type { MailContent, OpenRequest } from '../host/open-request.ts';
import { editorFragment } from '../host/owa-html.ts';
import type { Services } from '../host/services.ts';

const halfHour = 30 * 60_000;

/** The next full half hour after `now` (epoch ms UTC), for half an hour: what Outlook proposes. */
function nextSlot(now: number): { start: number; end: number } {
  const start = Math.ceil((now + 1) / halfHour) * halfHour;
  return { start, end: start + halfHour };
}

/** Makes what comes from elsewhere safe to show. */
function shown<T extends Pick<ItemFields, 'body'>>(fields: T): T {
  const { body } = fields;
  return body.type === 'html' ? { ...fields, body: { type: 'html', content: editorFragment(body.content) } } : fields;
}

function newAppointment({ owner, fields = {} }: OpenRequest, services: Services): OpenItem {
  const mailbox = owner ?? services.user.address;
  const person = services.directory.find(mailbox);
  const slot = nextSlot(services.clock.now());
  const start = fields.start ?? slot.start;
  const end = fields.end ?? start + halfHour;
  const filled = { ...emptyFields(person?.zone ?? services.user.zone, start, end), ...fields, start, end };
  const organizer = { name: person?.name ?? mailbox, address: mailbox };
  return createItem({ form: 'appointment-compose', owner: mailbox, fields: shown(filled), facts: { ...noFacts, organizer } });
}

async function existing({ mode, id = '', owner }: OpenRequest, services: Services): Promise<OpenItem | null> {
  const mailbox = owner ?? services.user.address;
  const found = await services.api.read(mailbox, id);
  const item = mode === 'series' && found?.seriesId ? await services.api.read(mailbox, found.seriesId) : found;
  if (!item) return null;
  const form = mode === 'read' || !item.isOrganizer ? 'appointment-read' : 'appointment-compose';
  return createItem({ form, owner: mailbox, fields: shown(fieldsOf(item)), facts: factsOf(item) });
}

function recipients(people: NamedAddress[] | undefined, type: Attendee['type']): Attendee[] {
  return (people ?? []).map((each) => ({ ...each, type, response: 'none' }));
}

function mailFields(mail: MailContent, services: Services): ItemFields {
  const now = services.clock.now();
  return shown({
    ...emptyFields(services.user.zone, now, now),
    subject: mail.subject ?? '',
    body: mail.body ?? { type: 'html', content: '' },
    attendees: [...recipients(mail.to, 'required'), ...recipients(mail.cc, 'optional'), ...recipients(mail.bcc, 'resource')],
    attachments: (mail.attachments ?? []).map((each) => ({ ...each, id: crypto.randomUUID(), size: Math.floor((each.content.length * 3) / 4), kind: 'file', isInline: false, address: '' })),
  });
}

function mailFacts(mail: MailContent, isRead: boolean, services: Services): ItemFacts {
  const { name, address } = services.user;
  const at = mail.receivedAt ?? services.clock.now();
  return {
    ...noFacts,
    id: isRead ? (mail.id ?? crypto.randomUUID()) : null,
    organizer: isRead && mail.from ? mail.from : { name, address },
    itemClass: mail.itemClass ?? 'IPM.Note',
    conversationId: mail.conversationId ?? crypto.randomUUID(),
    internetMessageId: mail.internetMessageId ?? `<${crypto.randomUUID()}@lab.invalid>`,
    transportHeaders: mail.headers ?? '',
    createdAt: at,
    modifiedAt: at,
  };
}

function message({ mode, owner, mail = {} }: OpenRequest, services: Services): OpenItem {
  const isRead = mode === 'message-read';
  return createItem({ form: isRead ? 'message-read' : 'message-compose', owner: owner ?? services.user.address, fields: mailFields(mail, services), facts: mailFacts(mail, isRead, services) });
}

/** The item that a request means; null when there is none (any more). Rejects with ServerError. */
export async function itemFor(request: OpenRequest, services: Services): Promise<OpenItem | null> {
  switch (request.mode) {
    case 'none': return null;
    case 'new': return newAppointment(request, services);
    case 'message-read':
    case 'message-compose': return message(request, services);
    default: return existing(request, services);
  }
}
