import type { Attendee } from '../../mailbox.ts';
import { freshId, h, isWithin } from '../dom.ts';
import type { OpenItem } from '../host/item.ts';
import { attendeesOfType } from '../host/item.ts';
import type { Directory } from '../host/people.ts';
import { resolved, withoutDoubles } from '../host/people.ts';
import { icon } from './icons.ts';
import { row } from './row.ts';
import type { Words } from './words.ts';

/** More names than this are folded away while nobody works on them. */
const mostShown = 4;

export interface PeopleFieldOptions { item: OpenItem; type: Attendee['type']; label: string; directory: Directory; words: Words }
export interface PeopleField { element: HTMLElement; focus: () => void; stop: () => void }

/** A line of recipients: names as chips, and a field that adds more. */
export function createPeopleField({ item, type, label, directory, words }: PeopleFieldOptions): PeopleField {
  const id = freshId('people');
  let isOpen = false;
  const chips = h('span', { class: 'ol-chips' });
  const suggestions = h('datalist', { id: `${id}-list` }, ...directory.people.filter(({ isRoom }) => !isRoom).map(({ name, address }) => h('option', { value: address }, name)));
  const input = h('input', { id, class: 'ol-input', list: `${id}-list`, autocomplete: 'off', placeholder: words.addPeople, onkeydown: typed, onchange: commit, onblur: commit, onfocus: () => open(true) });
  const element = row(label, id, chips, input, suggestions);
  element.addEventListener('focusout', (event) => {
    if (!isWithin(element, event.relatedTarget)) open(false);
  });

  function put(attendees: Attendee[]): void {
    item.change({ attendees: withoutDoubles(attendees) }, 'user');
  }

  function commit(): void {
    const names = input.value.split(/[;,\n]/).map((each) => each.trim()).filter(Boolean);
    input.value = '';
    if (names.length > 0) put([...item.fields.attendees, ...names.map((name) => resolved({ address: name, name }, type, directory))]);
  }

  function typed(event: KeyboardEvent): void {
    if (['Enter', ';', ','].includes(event.key)) {
      event.preventDefault();
      commit();
    } else if (event.key === 'Backspace' && input.value === '') {
      const last = attendeesOfType(item.fields.attendees, type).at(-1);
      if (last) put(item.fields.attendees.filter((each) => each !== last));
    }
  }

  function chip(person: Attendee): HTMLElement {
    const remove = (): void => {
      put(item.fields.attendees.filter((each) => each !== person));
      input.focus();
    };
    return h('span', { class: 'ol-chip', title: person.address }, person.name, h('button', { type: 'button', class: 'ol-chip-remove', 'aria-label': words.remove(person.name), onclick: remove }, icon('close', 10)));
  }

  function open(next: boolean): void {
    if (isOpen === next) return;
    isOpen = next;
    draw();
  }

  function draw(): void {
    const people = attendeesOfType(item.fields.attendees, type);
    const shown = isOpen || people.length <= mostShown ? people : people.slice(0, mostShown - 1);
    const folded = people.length - shown.length;
    const more = folded > 0 && h('button', { type: 'button', class: 'ol-more', title: people.slice(shown.length).map(({ name }) => name).join('; '), onclick: () => input.focus() }, words.more(folded));
    chips.replaceChildren(...shown.map(chip), ...(more ? [more] : []));
    input.placeholder = people.length === 0 ? words.addPeople : '';
  }

  draw();
  const stop = item.watch((changed) => {
    if (changed.has('attendees')) draw();
  });
  return { element, focus: () => input.focus(), stop };
}
