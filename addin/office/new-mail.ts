import { officeCall } from './call.ts';
import { currentItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** What a new mail begins with. */
export interface MailStart {
  to: readonly string[];
  subject: string;
  /** HTML, escaped by whoever made it. */
  html: string;
  /** The mail that Outlook shows goes with it. */
  withShown: boolean;
}

/** True where Outlook can open a new mail for us (Mailbox 1.6). */
export function canOpenMail(): boolean {
  return hasMailbox('1.6') && typeof Office.context.mailbox.displayNewMessageForm === 'function';
}

/** Opens a window with a new mail, filled in. */
export async function openMail({ to, subject, html, withShown }: MailStart): Promise<void> {
  const item = currentItem();
  const mailbox = Office.context.mailbox;
  const attachments = withShown && item !== undefined && typeof item.itemId === 'string' ? [{ type: 'item', itemId: item.itemId, name: item.subject }] : [];
  const form = { toRecipients: [...to], subject: subject.slice(0, 255), htmlBody: html, attachments };
  if (hasMailbox('1.9')) await officeCall<void>('displayNewMessageFormAsync', (done) => mailbox.displayNewMessageFormAsync(form, done));
  else mailbox.displayNewMessageForm(form);
}
