import type { VoicemailSettings } from '../../../../contract/voicemail/settings.ts';
import { notifyOnly, oneWay, textOnly, withWav, type RuleTable } from './tables.ts';

/** How one person's voicemail and mail are kept in step: what their settings say, of the organisation, group and person. */
export type VoicemailPolicy = VoicemailSettings;

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
