import { deferred } from '../deferred.ts';
import { freshId, h } from '../dom.ts';

export interface ModalButton<Choice> { label: string; choice: Choice; isMain?: boolean }
export interface ModalOptions<Choice> { title: string; text: string; image?: string; buttons: readonly ModalButton<Choice>[]; extra?: HTMLElement }

/** A question over the window. `answer` resolves with the choice; `close` takes the question away, and nobody gets an answer. */
export interface Modal<Choice> { answer: Promise<Choice>; choose: (choice: Choice) => void; close: () => void }

/** Shows a question; the rest of the window cannot be reached until it is answered. */
export function showModal<Choice>(parent: HTMLElement, { title, text, image, buttons, extra }: ModalOptions<Choice>): Modal<Choice> {
  const [titleId, textId] = [freshId('title'), freshId('text')];
  const before = document.activeElement;
  const behind = [...parent.children].filter((element) => !element.hasAttribute('inert'));
  const { promise: answer, settle } = deferred<Choice>();
  const made = buttons.map(({ label, choice, isMain }) => h('button', { type: 'button', class: isMain ? 'ol-button ol-main' : 'ol-button', onclick: () => choose(choice) }, label));
  const heading = h('h2', { id: titleId, class: 'ol-modal-title' }, image ? h('img', { src: image, alt: '', width: 24, height: 24 }) : null, title);
  const box = h('div', { class: 'ol-modal', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': titleId, 'aria-describedby': textId },
    heading, h('p', { id: textId, class: 'ol-modal-text' }, text), extra ?? null, h('div', { class: 'ol-modal-buttons' }, ...made));
  const veil = h('div', { class: 'ol-veil' }, box);
  for (const element of behind) element.toggleAttribute('inert', true);
  parent.append(veil);
  made[0]?.focus();

  function close(): void {
    if (!veil.isConnected) return;
    veil.remove();
    for (const element of behind) element.toggleAttribute('inert', false);
    if (before instanceof HTMLElement) before.focus();
  }

  function choose(choice: Choice): void {
    close();
    settle(choice);
  }

  return { answer, choose, close };
}

/** A dialog of the add-in, `size` in percent of the window. The page is put into `container`. */
export function showFrameDialog(parent: HTMLElement, size: { width: number; height: number }, label: string, closeLabel: string, onClose: () => void): { container: HTMLElement; close(): void } {
  const container = h('div', { class: 'ol-dialog-page' });
  const bar = h('div', { class: 'ol-dialog-bar' }, h('span', {}, label), h('button', { type: 'button', class: 'ol-pane-button', 'aria-label': closeLabel, onclick: onClose }, '✕'));
  const box = h('div', { class: 'ol-dialog', role: 'dialog', 'aria-label': label, style: `width:${size.width}%;height:${size.height}%` }, bar, container);
  const veil = h('div', { class: 'ol-veil' }, box);
  parent.append(veil);
  return { container, close: () => veil.remove() };
}
