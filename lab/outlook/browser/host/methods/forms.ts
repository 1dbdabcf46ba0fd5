import type { Attendee, NamedAddress } from '../../../mailbox.ts';
import type { OpenItem } from '../item.ts';
import { attendeesOfType } from '../item.ts';
import { editorFragment } from '../owa-html.ts';
import type { Params } from '../params.ts';
import { optionalText, text, texts } from '../params.ts';
import { resolved } from '../people.ts';
import { placesOf } from '../places.ts';
import type { Directory } from '../people.ts';
import type { Call, ItemCall, Methods } from './method.ts';
import { anywhere, onItem } from './method.ts';

function addressed(params: Params, key: string, type: Attendee['type'], directory: Directory): Attendee[] {
  return Array.isArray(params[key]) ? texts(params, key).map((address) => resolved({ address }, type, directory)) : [];
}

function newAppointment({ params, services }: Call): void {
  const { directory, page } = services;
  const { start, end } = params;
  const times = typeof start === 'number' ? { start, end: typeof end === 'number' ? end : start + 30 * 60_000 } : {};
  page.open({
    mode: 'new',
    fields: {
      subject: optionalText(params, 'subject'),
      places: placesOf(optionalText(params, 'location'), directory),
      body: { type: 'html', content: editorFragment(optionalText(params, 'body')) },
      attendees: [...addressed(params, 'requiredAttendees', 'required', directory), ...addressed(params, 'optionalAttendees', 'optional', directory)],
      ...times,
    },
  });
}

function newMessage({ params, services }: Call): void {
  const { directory, page } = services;
  page.open({
    mode: 'message-compose',
    mail: {
      subject: optionalText(params, 'subject'),
      body: { type: 'html', content: optionalText(params, 'htmlBody') },
      to: addressed(params, 'toRecipients', 'required', directory),
      cc: addressed(params, 'ccRecipients', 'optional', directory),
      bcc: addressed(params, 'bccRecipients', 'resource', directory),
    },
  });
}

function everybody(item: OpenItem, user: string): NamedAddress[] {
  const others = [...attendeesOfType(item.fields.attendees, 'required'), ...attendeesOfType(item.fields.attendees, 'optional')];
  return [item.facts.organizer, ...others].filter(({ address }) => address.toLowerCase() !== user.toLowerCase());
}

function reply(toAll: boolean): (call: ItemCall) => void {
  return ({ item, params, services }) => services.page.open({
    mode: 'message-compose',
    mail: {
      subject: `RE: ${item.fields.subject}`,
      body: { type: 'html', content: `${optionalText(params, 'htmlBody')}<hr>${item.fields.body.content}` },
      to: toAll ? everybody(item, services.user.address) : [item.facts.organizer],
      conversationId: item.facts.conversationId,
    },
  });
}

const openAppointment = ({ params, services }: Call): void => services.page.open({ mode: 'edit', id: text(params, 'itemId') });
const openMessage = ({ params, services }: Call): void => services.page.open({ mode: 'message-read', id: text(params, 'itemId') });

/** Forms that an add-in opens. Each has a second dispid for its `…Async` variant. */
export const formMethods: Methods = {
  7: anywhere('ReadItem', newAppointment),
  177: anywhere('ReadItem', newAppointment),
  8: anywhere('ReadItem', openMessage),
  179: anywhere('ReadItem', openMessage),
  9: anywhere('ReadItem', openAppointment),
  180: anywhere('ReadItem', openAppointment),
  10: onItem('ReadItem', reply(false)),
  183: onItem('ReadItem', reply(false)),
  30: onItem('ReadItem', reply(false)),
  181: onItem('ReadItem', reply(false)),
  11: onItem('ReadItem', reply(true)),
  184: onItem('ReadItem', reply(true)),
  31: onItem('ReadItem', reply(true)),
  182: onItem('ReadItem', reply(true)),
  44: anywhere('ReadItem', newMessage),
  178: anywhere('ReadItem', newMessage),
};
