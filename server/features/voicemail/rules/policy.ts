import { notifyOnly, oneWay, textOnly, withWav, type RuleTable } from './tables.ts';

/** How one person's voicemail and mail are kept in step. Comes from settings: organisation, group, person. */
export interface VoicemailPolicy {
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
}

export const defaultPolicy: VoicemailPolicy = {
  mode: 'two-way', withAudio: true, startUp: 'agreed', keepUnheard: true, heardWhenMailed: false, oldMessages: 'list', oldDays: 7, undoDays: 30, mostAtOnce: 25, language: 'en', timeZone: '',
  audioFormat: 'auto', protection: 'none', noticeTo: '', noticeWithAudio: false, transcribe: false, folder: '',
};

/** The rules that a policy chooses. */
export function rulesOf({ mode, withAudio }: Pick<VoicemailPolicy, 'mode' | 'withAudio'>): RuleTable {
  if (mode === 'two-way') return withAudio ? withWav : textOnly;
  return mode === 'one-way' ? oneWay : notifyOnly;
}

/** The policy as it is followed: where no sound may leave, mails have none, and what is done to such a mail says nothing of the recording (tables 63 and 65). */
export function followed(policy: VoicemailPolicy): VoicemailPolicy {
  return policy.protection === 'secure' ? { ...policy, withAudio: false, noticeWithAudio: false } : policy;
}


/** What mail programs are told, so that they warn before the mail itself is forwarded (RFC 4021, section 2.1.59). */
export function sensitivityOf({ protection }: Pick<VoicemailPolicy, 'protection'>): { sensitivity?: 'private' | 'confidential' } {
  return protection === 'none' ? {} : { sensitivity: protection === 'private' ? 'private' : 'confidential' };
}
