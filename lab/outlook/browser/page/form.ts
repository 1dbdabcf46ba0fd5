import { h } from '../dom.ts';
import type { OpenItem } from '../host/item.ts';
import { attendeesOfType, isAppointment, isCompose } from '../host/item.ts';
import type { Directory } from '../host/people.ts';
import { locationText, placesOf } from '../host/places.ts';
import { createBodyEditor } from './body-editor.ts';
import type { Formats } from './format.ts';
import { repeatText } from './format.ts';
import { createLineField } from './line-field.ts';
import type { PeopleField } from './people-field.ts';
import { createPeopleField } from './people-field.ts';
import { row } from './row.ts';
import { createTimeField } from './time-field.ts';
import type { Words } from './words.ts';

export interface FormOptions { item: OpenItem; directory: Directory; formats: Formats; words: Words }
/** What stands in the middle of the window. */
export interface Form { element: HTMLElement; focusAttendees: () => void; stop: () => void }

function composeForm({ item, directory, formats, words }: FormOptions): Form {
  const people = (type: 'required' | 'optional' | 'resource', label: string): PeopleField => createPeopleField({ item, type, label, directory, words });
  const to = people('required', words.to);
  const optional = people('optional', isAppointment(item) ? words.optional : words.cc);
  optional.element.hidden = attendeesOfType(item.fields.attendees, 'optional').length === 0;
  const subject = createLineField({ item, label: words.subject, placeholder: words.addTitle, watches: 'subject', read: () => item.fields.subject, write: (text) => item.change({ subject: text }, 'user'), className: 'ol-subject' });
  const body = createBodyEditor(item, words.body);
  const appointmentLines = isAppointment(item) ? [
    createTimeField({ item, formats, words }),
    createLineField({ item, label: words.location, placeholder: words.addLocation, watches: 'places', read: () => locationText(item.fields.places), write: (text) => item.change({ places: placesOf(text, directory) }, 'user') }),
  ] : [];
  const stopOptional = item.watch((changed) => {
    if (changed.has('attendees') && attendeesOfType(item.fields.attendees, 'optional').length > 0) optional.element.hidden = false;
  });
  const lines = [subject, to, optional, ...appointmentLines, body];
  return {
    element: h('div', { class: 'ol-form' }, ...lines.map(({ element }) => element)),
    focusAttendees() {
      optional.element.hidden = false;
      to.focus();
    },
    stop: () => [...lines.map(({ stop }) => stop), stopOptional].forEach((stop) => stop()),
  };
}

function names(item: OpenItem, type: 'required' | 'optional'): string {
  return attendeesOfType(item.fields.attendees, type).map(({ name }) => name).join('; ');
}

function readForm({ item, formats, words }: FormOptions): Form {
  const { fields, facts } = item;
  const body = createBodyEditor(item, words.body);
  const optional = names(item, 'optional');
  const lines = isAppointment(item) ? [
    row(words.organizer, null, facts.organizer.name),
    row(words.time, null, [formats.span(fields.start, fields.end, fields.isAllDay), repeatText(fields.recurrence, words)].filter(Boolean).join(' · ')),
    ...(fields.places.length > 0 ? [row(words.location, null, locationText(fields.places))] : []),
    row(words.required, null, names(item, 'required') || words.noAttendees),
    ...(optional ? [row(words.optional, null, optional)] : []),
  ] : [
    row(words.from, null, facts.organizer.name),
    row(words.to, null, names(item, 'required')),
    ...(optional ? [row(words.cc, null, optional)] : []),
    row(words.received, null, `${formats.date(facts.createdAt)}, ${formats.time(facts.createdAt)}`),
  ];
  return {
    element: h('div', { class: 'ol-form ol-read' }, h('h2', { class: 'ol-read-subject' }, fields.subject || words.untitled), ...lines, body.element),
    focusAttendees: () => undefined,
    stop: body.stop,
  };
}

export function createForm(options: FormOptions): Form {
  return isCompose(options.item) ? composeForm(options) : readForm(options);
}
