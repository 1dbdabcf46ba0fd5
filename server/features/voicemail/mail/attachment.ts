import { compactFile, pcmFile } from '../../../audio/compact.ts';
import { playableFile, type PlayableFile } from '../../../audio/playable.ts';
import { readSound, type Sound } from '../../../audio/sound.ts';
import { UserError } from '../../../domain/errors.ts';
import type { VoicemailAudio } from '../../../domain/voicemail.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';

/**
 * Largest sound in a mail, bytes: 3 MB. Servers refuse mails from 5 MB on somewhere on the way, and base64 makes a third more of it; phones on the road load it by
 * themselves. PCM of telephones is three minutes then, µ-law six.
 */
export const largestAttachment = 3_000_000;

/** The sound of a mail; or why the mail has none. */
export type MailSound = { audio: VoicemailAudio & { fileName: string }; missing: null } | { audio: null; missing: 'too-large' | 'secure' | 'none' | 'unreadable' };

/** A recording as it goes into a mail: in the form that the policy names, at most `most` bytes; else the mail has a link. Pure but for the time that decoding takes. */
export function attachmentOf(stored: VoicemailAudio | null, { withAudio, protection, audioFormat }: Pick<VoicemailPolicy, 'withAudio' | 'protection' | 'audioFormat'>, most: number): MailSound {
  if (protection === 'secure') return { audio: null, missing: 'secure' };
  if (!withAudio || stored === null) return { audio: null, missing: 'none' };
  const limit = Math.min(most, largestAttachment);
  if (audioFormat === 'stored') return stored.bytes.length === 0 || stored.bytes.length > limit ? { audio: null, missing: stored.bytes.length === 0 ? 'unreadable' : 'too-large' } : { audio: { ...stored, fileName: `voicemail.${ending(stored)}` }, missing: null };
  let sound: Sound;
  try {
    sound = readSound(stored);
  } catch (error) {
    // A recording that nobody can read is better heard on the phone than opened in vain.
    if (error instanceof UserError) return { audio: null, missing: 'unreadable' };
    throw error;
  }
  const made = formsOf(stored, sound, audioFormat).find(({ length }) => length <= limit);
  return made ? { audio: { contentType: made.contentType, bytes: whole(made), fileName: 'voicemail.wav' }, missing: null } : { audio: null, missing: 'too-large' };
}

/** The best first. */
function formsOf(stored: VoicemailAudio, sound: Sound, format: 'auto' | 'pcm' | 'compact'): PlayableFile[] {
  if (format === 'pcm') return [pcmFile(stored, sound)];
  return format === 'compact' ? [compactFile(stored, sound)] : [playableFile(stored, sound), compactFile(stored, sound)];
}

function whole(file: PlayableFile): Uint8Array {
  const bytes = new Uint8Array(file.length);
  let at = 0;
  for (const piece of file.read(0, file.length)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function ending({ contentType }: VoicemailAudio): string {
  return /^audio\/(?:x-)?(wav|gsm|mulaw|alaw)$/.exec(contentType)?.[1] ?? 'bin';
}
