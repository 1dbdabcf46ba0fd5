import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailAudio } from '../../../domain/voicemail.ts';
import { checkId, type Lists } from './lists.ts';
import type { SummaryRow } from './rows.ts';

/** Where the sound of a message file comes from. Numbers may change at any moment. */
export interface AudioSource {
  /** The id that stands in that message's .txt, '' when there is none. */
  idAt(box: string, folder: string, number: number): Promise<string>;
  /** The sound, null when there is none under that number. */
  soundAt(box: string, folder: string, number: number): Promise<VoicemailAudio | null>;
}

/** How often numbers may change under our hands before we give up. */
const attempts = 4;

/** What the endings of Asterisk's files mean; ARI says `audio/<ending>` of its own (tried). */
const contentTypes: Record<string, string> = { wav: 'audio/wav', WAV: 'audio/wav', wav49: 'audio/wav', gsm: 'audio/x-gsm', ulaw: 'audio/x-mulaw', pcm: 'audio/x-mulaw', ul: 'audio/x-mulaw', alaw: 'audio/x-alaw', al: 'audio/x-alaw' };

export function contentTypeOf(ending: string): string {
  return contentTypes[ending] ?? 'application/octet-stream';
}

/**
 * The sound of the message with this id and of no other: the id under the number is looked at before and after, and everything begins anew when it changed
 * (asterisk.md: the renumbering race). Throws 'gone', or 'unavailable' when the numbers never stood still.
 */
export async function fetchAudio({ lists, source, instance }: { lists: Lists; source: AudioSource; instance: string }, box: string, id: string): Promise<VoicemailAudio> {
  checkId(instance, id);
  let isThere = false;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rows = (await lists.summary(box)).filter((row) => row.id === id).toSorted(livingFirst);
    isThere = rows.length > 0;
    if (!isThere) break;
    for (const { folder, number } of rows) {
      if ((await source.idAt(box, folder, number)) !== id) continue;
      const sound = await source.soundAt(box, folder, number);
      if (sound && (await source.idAt(box, folder, number)) === id) return sound;
    }
  }
  if (!isThere) throw new TheirError(instance, 'gone', 'this message is not there');
  throw new TheirError(instance, 'unavailable', 'the sound of this message could not be had: its file is missing, or the box keeps changing');
}

function livingFirst(left: SummaryRow, right: SummaryRow): number {
  return Number(left.folder === 'Deleted') - Number(right.folder === 'Deleted');
}
