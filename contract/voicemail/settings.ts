import { z } from 'zod';
import type { SettingsDeclaration } from '../account/settings.ts';
import { isTimeZone } from '../time-zone.ts';

/** How a person's voicemail and mail are kept in step. */
export type VoicemailSettings = {
  /** `two-way`: what is done on either side happens on the other; `one-way`: the mail follows the voicemail; `notify-only`: a mail is sent and that is all; `off`: no mails. */
  mode: 'two-way' | 'one-way' | 'notify-only' | 'off';
  /** The mail carries the sound. With two ways: without it, what is done to the mail does not reach the phone. */
  withAudio: boolean;
  /** After a time away: what changed since both sides agreed, or tables 63 and 64, which know no past. */
  startUp: 'agreed' | 'tables';
  /** Where nothing is known of the past, an unheard voicemail outlives its deleted mail. */
  keepUnheard: boolean;
  heardWhenMailed: boolean;
  /** Messages that lay in the box before we first saw it. */
  oldMessages: 'list' | 'mail-unheard' | 'mail-recent';
  /** For `mail-recent`, days. */
  oldDays: number;
  /** How long a deleted message can be brought back, days. */
  undoDays: number;
  /** Most messages that may vanish, or be deleted through their mails, at once before an administrator is asked. */
  mostAtOnce: number;
  /** Of the mails, two letters. */
  language: string;
  /** Of the times in the mails where the mailbox's own zone is not known, IANA. */
  timeZone: string;
  /** The sound in mails: `auto` plays everywhere and is small where it must be; `pcm`, `compact` (µ-law); `stored`: the phone system's own bytes, for voice servers. */
  audioFormat: 'auto' | 'pcm' | 'compact' | 'stored';
  /** `private` is not forwarded; the sound of `secure` leaves in no mail and as no file. */
  protection: 'none' | 'private' | 'secure';
  /** A notice of each new message goes to this mail address besides; '' for none. */
  noticeTo: string;
  /** The notice carries the sound. */
  noticeWithAudio: boolean;
  /** Folder of the mailbox that the mails are put into, as 'Voicemail' or 'Inbox/Voicemail'; '' for the inbox. Made when it is not there. */
  folder: string;
  /** What was said is written down by the engine that is connected; never of `secure` messages. */
  transcribe: boolean;
};

/** Empty, or one mail address. */
const addressOrNone = z.union([z.literal(''), z.email('must be one mail address, or nothing').max(254)]);

/** Exchange takes 255 characters for a folder's name, IMAP servers 255 bytes: room for letters of several bytes. Ours. */
const longestName = 100;
/** Deeper ones nobody finds again. Ours. */
const mostLevels = 5;

/** A path that can be a folder anywhere: no empty or overlong names, nothing that servers read as a delimiter, a pattern or a control character. */
function isFolderPath(path: string): boolean {
  if (path === '') return true;
  const names = path.split('/');
  return names.length <= mostLevels && names.every((name) => name === name.trim() && !/^\.{0,2}$/.test(name) && name.length <= longestName && !/[\p{Cc}\p{Cf}\u2028\u2029\\*%"]/u.test(name));
}

export const voicemailSettings: SettingsDeclaration<VoicemailSettings> = {
  feature: 'voicemail',
  schema: {
    mode: z.enum(['two-way', 'one-way', 'notify-only', 'off']),
    withAudio: z.boolean(),
    startUp: z.enum(['agreed', 'tables']),
    keepUnheard: z.boolean(),
    heardWhenMailed: z.boolean(),
    oldMessages: z.enum(['list', 'mail-unheard', 'mail-recent']),
    oldDays: z.number().int().min(1).max(365),
    undoDays: z.number().int().min(1).max(365),
    mostAtOnce: z.number().int().min(1).max(10_000),
    language: z.string().regex(/^[a-z]{2}$/, 'two letters, such as "en"'),
    timeZone: z.string().max(64).refine((name) => name === '' || isTimeZone(name), 'a time zone, such as "Europe/Berlin", or nothing'),
    audioFormat: z.enum(['auto', 'pcm', 'compact', 'stored']),
    protection: z.enum(['none', 'private', 'secure']),
    noticeTo: addressOrNone,
    noticeWithAudio: z.boolean(),
    transcribe: z.boolean(),
    folder: z.string().max(255).refine(isFolderPath, 'names of folders, such as "Voicemail" or "Inbox/Voicemail"; nothing for the inbox'),
  },
  standard: {
    mode: 'two-way', withAudio: true, startUp: 'agreed', keepUnheard: true, heardWhenMailed: false, oldMessages: 'list', oldDays: 7, undoDays: 30, mostAtOnce: 25, language: 'en', timeZone: '',
    audioFormat: 'auto', protection: 'none', noticeTo: '', noticeWithAudio: false, transcribe: false, folder: '',
  },
};
