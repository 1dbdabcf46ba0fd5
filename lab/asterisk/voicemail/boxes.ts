import type { AudioFormat } from './audio/formats.ts';

/** One box of voicemail.conf; what is not said has Asterisk's default. */
export interface BoxSettings {
  /** Default `default`. */
  context?: string;
  mailbox: string;
  fullname: string;
  /** Asked for by VoiceMailMain without `s`. Default 1234. */
  pin?: string;
  email?: string;
  /** Most messages in a folder. Default 100. */
  maxMessages?: number;
  /** Shortest recording that is kept, seconds. Default 0. */
  minSeconds?: number;
  /** tz: the name of a zone of [zonemessages], as it stands there. */
  zone?: string;
  /** attach=yes: the PBX mails by itself. */
  attach?: boolean;
  /** delete=yes: and removes the message afterwards. */
  deletes?: boolean;
  /** backupdeleted: how many removed messages the folder Deleted keeps; 0 = none, and what is removed is gone. */
  backupDeleted?: number;
  /** What recordings are stored as. Default `wav`. */
  format?: AudioFormat;
}

export type Box = Required<BoxSettings>;

export function fillBox(settings: BoxSettings): Box {
  return { context: 'default', pin: '1234', email: '', zone: '', maxMessages: 100, minSeconds: 0, attach: false, deletes: false, backupDeleted: 0, format: 'wav', ...settings };
}

/** `201@default`, as MessageWaiting and MailboxCount call it. */
export function boxName({ mailbox, context }: { mailbox: string; context: string }): string {
  return `${mailbox}@${context}`;
}

/** `201@work`, `201`; without a context it is `default`. */
export function readBoxName(text: string): { mailbox: string; context: string } {
  const [mailbox = '', context = ''] = text.split('@');
  return { mailbox, context: context || 'default' };
}

/** Folders in the order in which summaries list them (app_voicemail.c). A person at the phone chooses the first ten by their digit. */
export const folderNames = ['INBOX', 'Old', 'Work', 'Family', 'Friends', 'Cust1', 'Cust2', 'Cust3', 'Cust4', 'Cust5', 'Deleted', 'Urgent'] as const;
export type FolderName = (typeof folderNames)[number];

/** The folder of that name, in any case; undefined when there is none. */
export function findFolder(name: string): FolderName | undefined {
  return folderNames.find((each) => each.toLowerCase() === name.toLowerCase());
}
