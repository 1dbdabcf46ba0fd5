import type { Attendee } from '../../../mailbox.ts';
import { HostError, errorCode } from '../errors.ts';
import type { OpenItem } from '../item.ts';
import { attendeesOfType } from '../item.ts';
import type { Params } from '../params.ts';
import { integer, optionalText, records } from '../params.ts';
import type { Directory } from '../people.ts';
import { officePerson, resolved, withoutDoubles } from '../people.ts';
import type { Methods } from './method.ts';
import { onForm } from './method.ts';

/** `RecipientFields` of office.js: 0 to or required, 1 cc or optional, 2 bcc. */
const fields = ['required', 'optional', 'resource'] as const;
/** A call takes this many (outlook-host.md §9.7), an item five times as many (error text of 9012). */
const mostInCall = 100;
const mostInItem = 500;

function fieldOf(params: Params): Attendee['type'] {
  const field = fields[integer(params, 'recipientField')];
  if (!field) throw new HostError(errorCode.invalidParameter);
  return field;
}

function given(params: Params, type: Attendee['type'], directory: Directory): Attendee[] {
  const people = records(params, 'recipientArray');
  if (people.length > mostInCall) throw new HostError(errorCode.tooManyRecipients);
  return people.map((each) => resolved({ name: optionalText(each, 'name'), address: optionalText(each, 'address') }, type, directory));
}

function put(item: OpenItem, attendees: Attendee[]): void {
  const next = withoutDoubles(attendees);
  if (next.length > mostInItem) throw new HostError(errorCode.tooManyRecipients);
  item.change({ attendees: next }, 'addin');
}

export const recipientMethods: Methods = {
  15: onForm('ReadItem', ({ item, params, services }) => attendeesOfType(item.fields.attendees, fieldOf(params)).map((each) => officePerson(each, services.directory))),
  21: onForm('ReadWriteItem', ({ item, params, services }) => {
    const type = fieldOf(params);
    put(item, [...item.fields.attendees.filter((each) => each.type !== type), ...given(params, type, services.directory)]);
  }),
  22: onForm('ReadWriteItem', ({ item, params, services }) => {
    put(item, [...item.fields.attendees, ...given(params, fieldOf(params), services.directory)]);
  }),
  107: onForm('ReadItem', ({ item, services }) => officePerson({ ...item.facts.organizer, response: 'organizer' }, services.directory)),
};
