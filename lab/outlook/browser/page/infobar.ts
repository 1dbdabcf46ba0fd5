import { h } from '../dom.ts';
import type { Notification } from '../host/notifications.ts';
import type { IconName } from './icons.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

export type NoticeKind = 'done' | 'info' | 'error';
/** What Outlook itself has to say. */
export interface Notice { kind: NoticeKind; text: string }

export interface Infobar {
  element: HTMLElement;
  draw: (notices: readonly Notice[], notifications: readonly Notification[]) => void;
}

export interface InfobarOptions {
  words: Words;
  /** The address of a picture by its resource id in the manifest. */
  image: (resourceId: string) => string | null;
  dismissNotice: (notice: Notice) => void;
  dismissNotification: (notification: Notification) => void;
  act: (notification: Notification) => void;
}

const icons: Record<NoticeKind, IconName> = { done: 'done', info: 'info', error: 'error' };

/** The lines between ribbon and form: Outlook's own, then the add-in's notification messages. */
export function createInfobar({ words, image, dismissNotice, dismissNotification, act }: InfobarOptions): Infobar {
  const element = h('div', { class: 'ol-infobar' });

  function line(kind: string, picture: Node, text: string, dismiss: () => void, action: Node | null = null): HTMLElement {
    const close = h('button', { type: 'button', class: 'ol-dismiss', 'aria-label': words.dismiss, onclick: dismiss }, icon('close', 12));
    return h('div', { class: `ol-notice ol-notice-${kind}`, role: kind === 'error' ? 'alert' : 'status' }, picture, h('span', { class: 'ol-notice-text' }, text), action, close);
  }

  function notificationLine(notification: Notification): HTMLElement {
    const { type, message, icon: resourceId, actions } = notification;
    const address = resourceId ? image(resourceId) : null;
    const picture = type === 'progressIndicator' ? h('span', { class: 'ol-spinner', 'aria-hidden': 'true' }) : address ? h('img', { src: address, alt: '', width: 16, height: 16 }) : icon(type === 'errorMessage' ? 'error' : 'info', 18);
    const [action] = actions ?? [];
    const button = action ? h('button', { type: 'button', class: 'ol-link', onclick: () => act(notification) }, action.actionText) : null;
    const made = line(type === 'errorMessage' ? 'error' : 'info', picture, message, () => dismissNotification(notification), button);
    made.dataset['key'] = notification.key;
    return made;
  }

  return {
    element,
    draw(notices, notifications) {
      element.replaceChildren(...notices.map((notice) => line(notice.kind, icon(icons[notice.kind], 18), notice.text, () => dismissNotice(notice))), ...notifications.map(notificationLine));
    },
  };
}
