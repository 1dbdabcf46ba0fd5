import type { CalendarItem } from '../../mailbox.ts';
import { h } from '../dom.ts';
import type { Formats } from './format.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

export interface AgendaOptions { items: readonly CalendarItem[]; formats: Formats; words: Words; open: (item: CalendarItem) => void; create: () => void }

/** What the window shows while no item is open: the next events. */
export function createAgenda({ items, formats, words, open, create }: AgendaOptions): HTMLElement {
  const lines = items.map((item) => h('li', {}, h('button', { type: 'button', class: 'ol-agenda-item', onclick: () => open(item) },
    h('strong', {}, item.subject || words.untitled), h('span', {}, formats.span(item.start, item.end, item.isAllDay)))));
  return h('div', { class: 'ol-agenda' },
    h('div', { class: 'ol-agenda-head' }, h('h2', {}, words.agenda), h('button', { type: 'button', class: 'ol-button ol-main', onclick: create }, icon('plus', 16), words.newEvent)),
    lines.length > 0 ? h('ul', {}, ...lines) : h('p', {}, words.agendaEmpty));
}
