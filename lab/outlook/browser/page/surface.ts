import type { MailFolder } from '../../mailbox.ts';
import type { Host } from '../host/host.ts';
import type { OpenItem, Form } from '../host/item.ts';
import { isAppointment, isCompose } from '../host/item.ts';
import type { Group, Surface } from '../manifest/types.ts';
import type { CoreButton } from './ribbon.ts';
import type { Words } from './words.ts';

const surfaces: Record<Form, Surface> = {
  'appointment-compose': 'AppointmentOrganizerCommandSurface',
  'appointment-read': 'AppointmentAttendeeCommandSurface',
  'message-compose': 'MessageComposeCommandSurface',
  'message-read': 'MessageReadCommandSurface',
};

/** In somebody else's mailbox only add-ins that say so are shown (`SupportsSharedFolders`). */
export function isAddinShown({ owner }: OpenItem, { services }: Host): boolean {
  return owner.toLowerCase() === services.user.address.toLowerCase() || services.manifest.supportsSharedFolders;
}

/** With nothing open, only panes that can do without an item are offered (`SupportsNoItemContext`), and only by buttons. */
function groupsWithoutItem(groups: readonly Group[]): readonly Group[] {
  const left = groups.map((group) => ({ ...group, controls: group.controls.filter((control) => control.kind === 'button' && control.action.kind === 'pane' && control.action.supportsNoItem) }));
  return left.filter(({ controls }) => controls.length > 0);
}

/** The add-in's groups for this form. */
export function groupsFor(item: OpenItem | null, host: Host): readonly Group[] {
  const { surfaces: offered } = host.services.manifest;
  if (!item) return groupsWithoutItem(offered.MessageReadCommandSurface ?? []);
  return isAddinShown(item, host) ? (offered[surfaces[item.form]] ?? []) : [];
}

export interface CoreActions { send: () => void; cancel: () => void; discard: () => void; attendees: () => void; respond: (answer: 'accepted' | 'tentative' | 'declined') => void; reply: () => void; trash: () => void; restore: () => void; unread: () => void }

export function sendLabel({ fields, facts }: OpenItem, words: Words): string {
  if (facts.wasSent) return words.sendUpdate;
  return fields.attendees.length > 0 ? words.send : words.save;
}

/** Outlook's own buttons for this form. `folder`: where the mail lies that is shown. */
export function coreFor(item: OpenItem | null, words: Words, actions: CoreActions, folder?: MailFolder): readonly CoreButton[] {
  if (!item) return [];
  if (!isCompose(item)) return isAppointment(item) ? readButtons(item, words, actions) : mailButtons(words, actions, folder);
  const discard: CoreButton = { key: 'Discard', label: words.discard, icon: 'discard', run: actions.discard };
  if (!isAppointment(item)) return [{ key: 'Send', label: words.send, icon: 'send', run: actions.send }, discard];
  const label = sendLabel(item, words);
  return [
    { key: 'Send', label, icon: label === words.save ? 'save' : 'send', run: actions.send },
    item.facts.wasSent ? { key: 'Cancel', label: words.cancelMeeting, icon: 'cancel', run: actions.cancel } : discard,
    { key: 'Attendees', label: words.attendees, icon: 'attendees', run: actions.attendees },
  ];
}

function mailButtons(words: Words, actions: CoreActions, folder: MailFolder | undefined): readonly CoreButton[] {
  const reply: CoreButton = { key: 'Reply', label: words.reply, icon: 'reply', run: actions.reply };
  if (folder === undefined) return [reply];
  const unread: CoreButton = { key: 'Unread', label: words.markUnread, icon: 'mail', run: actions.unread };
  return [reply, unread, folder === 'inbox' ? { key: 'Delete', label: words.deleteMail, icon: 'discard', run: actions.trash } : { key: 'Restore', label: words.restoreMail, icon: 'repeat', run: actions.restore }];
}

function readButtons({ facts }: OpenItem, words: Words, actions: CoreActions): readonly CoreButton[] {
  if (facts.isOrganizer) return [{ key: 'Reply', label: words.reply, icon: 'reply', run: actions.reply }];
  return [
    { key: 'Accept', label: words.accept, icon: 'accept', run: () => actions.respond('accepted') },
    { key: 'Tentative', label: words.tentative, icon: 'tentative', run: () => actions.respond('tentative') },
    { key: 'Decline', label: words.decline, icon: 'decline', run: () => actions.respond('declined') },
  ];
}
