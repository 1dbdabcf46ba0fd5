import { h } from '../dom.ts';

/** One line of the form: its name and what it holds. */
export function row(label: string, forId: string | null, ...content: (Node | string)[]): HTMLElement {
  const name = forId ? h('label', { class: 'ol-label', for: forId }, label) : h('span', { class: 'ol-label' }, label);
  return h('div', { class: 'ol-row' }, name, h('div', { class: 'ol-value' }, ...content));
}
