import { officeCall } from './call.ts';
import { currentItem } from './item.ts';

/** Outlook takes no longer message in its bar, and refuses one that is. */
const LONGEST = 150;
/** One line of ours at a time: the next replaces the last. */
const KEY = 'tieline';
/** Id of the bar's icon among the manifest's images. */
const ICON = 'tieline.16';

export type BarKind = 'progress' | 'info' | 'error';

function details(kind: BarKind, text: string): Office.NotificationMessageDetails {
  const message = text.slice(0, LONGEST);
  // Progress and errors must not have an icon, information must (reference/outlook-host.md section 9).
  const types = Office.MailboxEnums.ItemNotificationMessageType;
  if (kind === 'progress') return { type: types.ProgressIndicator, message };
  if (kind === 'error') return { type: types.ErrorMessage, message };
  return { type: types.InformationalMessage, message, icon: ICON, persistent: false };
}

/**
 * Says something in Outlook's information bar. Phones have none for appointments, and an Outlook that cannot show it
 * loses nothing but the line, so this never fails.
 */
export function say(kind: BarKind, text: string): Promise<void> {
  const item = currentItem();
  if (item === undefined || item.notificationMessages === undefined) return Promise.resolve();
  const messages = item.notificationMessages;
  return officeCall<void>('notificationMessages.replaceAsync', function start(done) {
    messages.replaceAsync(KEY, details(kind, text), done);
  }).catch(function silent() {
    return undefined;
  });
}
