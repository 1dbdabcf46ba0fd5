import { h } from '../dom.ts';
import type { Channel } from '../host/channel.ts';
import { isUnavailable } from '../host/frame.ts';
import type { Pages } from '../host/pages.ts';
import { agaveAction, hostAction } from '../host/protocol.ts';
import type { Action } from '../manifest/types.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

export type PaneAction = Extract<Action, { kind: 'pane' }>;

/** The add-in's pane at the right of the window. */
export interface Taskpane {
  element: HTMLElement;
  readonly isOpen: boolean;
  readonly isPinned: boolean;
  /** What it was opened with; null while it is closed. */
  readonly action: PaneAction | null;
  readonly channel: Channel | null;
  open: (action: PaneAction) => void;
  close: () => void;
  setPinned: (isPinned: boolean) => void;
  /** A page told the host something; true when it was this pane's. */
  told: (channel: Channel, action: number) => boolean;
}

export interface TaskpaneOptions { title: string; image: string; words: Words; pages: () => Pages }

export function createTaskpane({ title, image, words, pages }: TaskpaneOptions): Taskpane {
  let action: PaneAction | null = null;
  let channel: Channel | null = null;
  let isPinned = false;
  const pin = h('button', { type: 'button', class: 'ol-pane-button', 'aria-pressed': 'false', 'aria-label': words.pin, onclick: () => setPinned(!isPinned) }, icon('pin', 16));
  const shut = h('button', { type: 'button', class: 'ol-pane-button', 'aria-label': words.closePane, onclick: close, onkeydown: enter }, icon('close', 16));
  const header = h('div', { class: 'ol-pane-header' }, image ? h('img', { src: image, alt: '', width: 22, height: 22 }) : null, h('h2', { class: 'ol-pane-title' }, title), pin, shut);
  const holder = h('div', { class: 'ol-pane-page' });
  const element = h('aside', { class: 'ol-pane', 'aria-label': title, hidden: true }, header, holder);

  /** Tab goes into the page by a message, as in Outlook: office.js puts the focus on its first control. */
  function enter(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || event.shiftKey || !channel) return;
    event.preventDefault();
    channel.frame.focus();
    channel.frame.contentWindow?.focus();
    channel.notify([agaveAction.tabIn]);
  }

  function failed(address: PaneAction): void {
    drop();
    holder.replaceChildren(h('div', { class: 'ol-pane-failed', role: 'alert' }, h('p', {}, words.paneFailed), h('button', { type: 'button', class: 'ol-button', onclick: () => open(address) }, words.tryAgain)));
  }

  function drop(): void {
    if (channel) pages().close(channel);
    channel = null;
    holder.replaceChildren();
  }

  function open(next: PaneAction): void {
    drop();
    action = next;
    element.hidden = false;
    pin.hidden = !next.isPinnable;
    if (!next.isPinnable) setPinned(false);
    const opened = pages().open({ address: next.address, label: 'pane', title, container: holder });
    opened.frame.addEventListener('load', () => {
      if (opened === channel && isUnavailable(opened.frame)) failed(next);
    });
    channel = opened;
  }

  function close(): void {
    drop();
    action = null;
    element.hidden = true;
    setPinned(false);
  }

  function setPinned(next: boolean): void {
    isPinned = next && action?.isPinnable === true;
    pin.setAttribute('aria-pressed', String(isPinned));
    pin.setAttribute('aria-label', isPinned ? words.unpin : words.pin);
  }

  return {
    element, open, close, setPinned,
    get isOpen() { return action !== null; },
    get isPinned() { return isPinned; },
    get action() { return action; },
    get channel() { return channel; },
    told(from, number) {
      if (from !== channel) return false;
      if (number === hostAction.tabExit || number === hostAction.shiftTabExit || number === hostAction.nothingFocusable) shut.focus();
      return true;
    },
  };
}
