import { freshId, h } from '../dom.ts';
import type { ItemFields, OpenItem } from '../host/item.ts';
import { row } from './row.ts';

export interface LineFieldOptions { item: OpenItem; label: string; placeholder: string; watches: keyof ItemFields; read: () => string; write: (text: string) => void; className?: string }

/** A line of text that follows the item and is written when it is left. */
export function createLineField({ item, label, placeholder, watches, read, write, className = '' }: LineFieldOptions): { element: HTMLElement; stop(): void } {
  const id = freshId('line');
  const input = h('input', { id, class: `ol-input ${className}`, placeholder, maxlength: 255, autocomplete: 'off', onchange: () => write(input.value) });
  input.value = read();
  const stop = item.watch((changed) => {
    if (changed.has(watches)) input.value = read();
  });
  return { element: row(label, id, input), stop };
}
