import { HostError, errorCode } from './errors.ts';

/** In the order of office.js's numbers. */
export const notificationTypes = ['informationalMessage', 'progressIndicator', 'errorMessage', 'insightMessage'] as const;
export type NotificationType = (typeof notificationTypes)[number];

export interface NotificationAction { actionType: string; actionText: string; commandId: string; contextData?: unknown }
export interface Notification { key: string; type: NotificationType; message: string; icon?: string; persistent?: boolean; actions?: NotificationAction[] }

/** The messages of one add-in on one item. Methods throw HostError as Outlook refuses. */
export interface NotificationList {
  readonly all: readonly Notification[];
  add: (notification: Notification) => void;
  /** Adds it when there is none of that key, as documented. */
  replace: (notification: Notification) => void;
  remove: (key: string) => void;
  watch: (fn: () => void) => () => void;
}

/** An item shows at most this many of one add-in (NotificationMessages.addAsync, documentation). */
const mostNotifications = 5;

export function createNotifications(): NotificationList {
  let all: Notification[] = [];
  const watchers = new Set<() => void>();

  function set(next: Notification[]): void {
    all = next;
    for (const watcher of watchers) watcher();
  }

  function has(key: string): boolean {
    return all.some((each) => each.key === key);
  }

  function add(notification: Notification): void {
    if (has(notification.key)) throw new HostError(errorCode.duplicateNotification);
    if (all.length >= mostNotifications) throw new HostError(errorCode.tooManyNotifications);
    set([...all, notification]);
  }

  return {
    get all() { return all; },
    add,
    replace(notification) {
      if (!has(notification.key)) return add(notification);
      set(all.map((each) => (each.key === notification.key ? notification : each)));
    },
    remove(key) {
      if (!has(key)) throw new HostError(errorCode.noSuchNotification);
      set(all.filter((each) => each.key !== key));
    },
    watch(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
