import { z } from 'zod';
import type { SettingsDeclaration } from '../account/settings.ts';
import { isTimeZone } from '../time-zone.ts';

/** How a person's voicemail and mail are kept in step. */
export type VoicemailSettings = {
  /**
   * `two-way` by the tables 63 to 66, `one-way` the mail follows the voicemail, `notify-only` a mail is sent and nothing follows anything,
   * `off` no mail is sent.
   */
  mode: 'two-way' | 'one-way' | 'notify-only' | 'off';
  /** The sound is attached. By the tables this decides whether what is done to the mail reaches the phone: without it, it does not. */
  withAudio: boolean;
  /**
   * What counts when we come back after a time away. `agreed`: what changed on either side since both last agreed, as in normal running.
   * `tables`: tables 63 and 64, which know no past: a message marked unheard meanwhile is heard again.
   */
  startUp: 'agreed' | 'tables';
  /** Where nothing is known of the past, an unheard voicemail outlives its deleted mail, although table 64 says "delete voicemail". */
  keepUnheard: boolean;
  /** Sending the mail marks the voicemail heard. Nobody knows then whether anybody has heard it. */
  heardWhenMailed: boolean;
  /** What happens with messages that lie in the box when we first see it: listed only, or mailed as well. */
  oldMessages: 'list' | 'mail-unheard' | 'mail-recent';
  /** For `mail-recent`. */
  oldDays: number;
  /** How long a deleted message can be brought back, days. */
  undoDays: number;
  /** Most messages that may vanish, or be deleted by mail, at once before somebody is asked. */
  mostAtOnce: number;
  /** Of the mails' texts, two letters. */
  language: string;
  /** Of the times in them, IANA, for whoever's mailbox names none; '' leaves it to the phone system. */
  timeZone: string;
  /**
   * The sound in mails: `auto` as it is stored where every program plays that, else PCM, else the smaller µ-law; `pcm`, `compact` (µ-law) always; `stored` the
   * phone system's own bytes, for servers that read them.
   */
  audioFormat: 'auto' | 'pcm' | 'compact' | 'stored';
  /** `private`: is not forwarded. `secure`: nor does its sound leave, in no mail, to no transcription, as no file. */
  protection: 'none' | 'private' | 'secure';
  /** Where a notice of each new message goes besides; '' for nowhere. */
  noticeTo: string;
  /** The notice carries the sound. */
  noticeWithAudio: boolean;
  /** Where in the mailbox mails are put: names from its top with '/' between them; '' is the inbox. */
  folder: string;
  /** What was said is written down by an engine. Off unless somebody asks for it. */
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
