import { UserError } from '../../../domain/errors.ts';
import type { VoicemailPolicy } from './policy.ts';

/** What may not be done with private and secure messages (V8). The owner's own policy decides, as it is now. */

/** A copy in a colleague's box would follow the colleague's policy, and could be mailed. Throws UserError 403. */
export function mayForward({ protection }: Pick<VoicemailPolicy, 'protection'>): void {
  if (protection !== 'none') throw new UserError(403, { code: 'voicemail-protected', message: 'Your organisation does not let this message be forwarded.', remedy: 'Tell your colleague yourself what it is about.' });
}

/** Throws UserError 403. */
export function mayDownload({ protection }: Pick<VoicemailPolicy, 'protection'>): void {
  if (protection === 'secure') throw new UserError(403, { code: 'voicemail-secure', message: 'The recording of this message may not be saved.', remedy: 'Play it here or on your phone.' });
}
