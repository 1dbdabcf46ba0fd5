import { h } from '../dom.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

/** The window without content. */
export interface Chrome {
  element: HTMLElement;
  ribbon: HTMLElement;
  /** Where the information bar and the form stand. */
  main: HTMLElement;
  content: HTMLElement;
  backstage: HTMLElement;
  setTitle: (title: string, kind: 'calendar' | 'mail') => void;
  /** Unread mails, on the button that leads to them. */
  setUnread: (count: number) => void;
}

export function createChrome({ words, user, ribbon, infobar, pane, close, inbox }: { words: Words; user: string; ribbon: HTMLElement; infobar: HTMLElement; pane: HTMLElement; close: () => void; inbox: () => void }): Chrome {
  const title = h('span', { class: 'ol-title-text' });
  const picture = h('span', { class: 'ol-title-icon' });
  const unread = h('span', {}, words.inbox);
  const mails = h('button', { type: 'button', class: 'ol-title-mails', onclick: inbox }, icon('mail', 16), unread);
  const bar = h('header', { class: 'ol-title' }, picture, title, mails, h('span', { class: 'ol-title-user' }, user), h('button', { type: 'button', class: 'ol-title-close', 'aria-label': words.close, onclick: close }, icon('close', 16)));
  const content = h('div', { class: 'ol-content' });
  const main = h('div', { class: 'ol-main-column' }, infobar, content);
  // Pages without a face have to be laid out, or their scripts would see a document of no size.
  const backstage = h('div', { class: 'ol-backstage', 'aria-hidden': 'true', inert: true });
  const stage = h('div', { class: 'ol-stage' }, bar, ribbon, h('div', { class: 'ol-columns' }, main, pane));
  return {
    element: h('section', { class: 'ol-window', 'aria-label': 'Outlook' }, stage, backstage),
    ribbon, main, content, backstage,
    setTitle(text, kind) {
      title.textContent = text;
      picture.replaceChildren(icon(kind, 18));
    },
    setUnread(count) {
      unread.textContent = count > 0 ? words.inboxUnread(count) : words.inbox;
    },
  };
}
