import { h, isWithin } from '../dom.ts';

export interface MenuEntry { label: string; title: string; image: string | null; run: () => void }

/** A menu that hangs under a button: arrow keys, Home, End, Esc; it closes when the focus leaves it. */
export function createMenu(button: HTMLButtonElement, entries: readonly MenuEntry[]): HTMLElement {
  const items = entries.map(({ label, title, image, run }) => h('button', { type: 'button', role: 'menuitem', tabindex: -1, title, onclick: () => choose(run) },
    image ? h('img', { src: image, alt: '', width: 16, height: 16 }) : h('span', { class: 'ol-no-image' }), label));
  const menu = h('div', { class: 'ol-menu', role: 'menu', hidden: true, 'aria-label': button.textContent?.trim() ?? '', onkeydown: moved }, ...items);
  button.setAttribute('aria-haspopup', 'menu');
  show(false);
  button.addEventListener('click', () => show(menu.hidden !== false));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    show(true);
  });
  const holder = h('div', { class: 'ol-menu-holder' }, button, menu);
  holder.addEventListener('focusout', (event) => {
    if (!isWithin(holder, event.relatedTarget)) show(false);
  });

  function show(isOpen: boolean): void {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) items[0]?.focus();
  }

  function choose(run: () => void): void {
    show(false);
    button.focus();
    run();
  }

  function moved(event: KeyboardEvent): void {
    const at = items.findIndex((item) => item === document.activeElement);
    const targets: Record<string, number> = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      items[target]?.focus();
    } else if (event.key === 'Escape') {
      show(false);
      button.focus();
    }
  }

  return holder;
}
