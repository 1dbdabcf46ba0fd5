import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailAudio } from '../../../domain/voicemail.ts';
import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { Pair } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';

/** A pair and the sound that was just read for it, not yet written down; null: there is nothing new to write. */
export interface WithSound {
  /** As it is once the sound is written. */
  pair: Pair;
  sound: VoicemailAudio | null;
}

/** Reads the sound of a message that we have no copy of. It is written together with what is written next anyway. Throws TheirError when it may be had later. */
export async function readSoundOf(deps: Pick<VoicemailDeps, 'effect'>, store: VoicemailStore, pair: Pair): Promise<WithSound> {
  if (pair.hasAudio || !store.capabilities.audio || pair.trouble === 'no-sound') return { pair, sound: null };
  try {
    const sound = await deps.effect('audio.read', () => store.audio(pair.box, pair.voicemailId));
    return { pair: { ...pair, hasAudio: true }, sound };
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    // Too large, or in a place that we cannot read: once is enough. What is gone is told by the next look.
    return { pair: error.fault === 'gone' ? pair : { ...pair, trouble: 'no-sound' }, sound: null };
  }
}

/** The sound for a mail, unless it cannot be had: then the mail goes without it after a while, rather than never. */
export async function soundFor(deps: Pick<VoicemailDeps, 'clock' | 'effect' | 'times'>, store: VoicemailStore, pair: Pair, policy: VoicemailPolicy): Promise<WithSound> {
  try {
    return await readSoundOf(deps, store, pair);
  } catch (error) {
    const isLate = deps.clock.now() - pair.firstSeenAt >= deps.times.soundlessMs;
    if (error instanceof TheirError && (isLate || !policy.withAudio)) return { pair, sound: null };
    throw error;
  }
}

/** What `sound` of `pair` is as a row. */
export function soundRow({ pair, sound }: WithSound): { pairId: string; audio: VoicemailAudio }[] {
  return sound === null ? [] : [{ pairId: pair.id, audio: sound }];
}
