import type { VoicemailAudio } from '../../domain/voicemail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VoicemailJournal } from './journal.ts';

/** Recordings that are being heard. */
export interface HeardSounds {
  /** As the journal has it, null for none. Whoever asks has been let in. */
  of(tenantId: string, pairId: string): Promise<VoicemailAudio | null>;
}

/** An hour of PCM, or a day's worth of common messages. Ours. */
const usualBytes = 64 * 1024 * 1024;
/** One that nobody asks for is forgotten after this, ms: what is erased is gone from here, too. Ours. */
const forgetMs = 2 * 60_000;

interface Heard { sound: Promise<VoicemailAudio | null>; bytes: number; until: number; forget: () => void }

/**
 * Keeps what was heard last: a player asks for one part after the other, and reading an hour of PCM out of the database takes a second, for each of them.
 * A copy of a recording never changes. Two who ask at once read once.
 */
export function createHeardSounds({ clock, journal }: { clock: Clock; journal: Pick<VoicemailJournal, 'audio'> }, mostBytes = usualBytes): HeardSounds {
  const heard = new Map<string, Heard>();

  function drop(key: string): void {
    heard.get(key)?.forget();
    heard.delete(key);
  }

  function keep(key: string, sound: Promise<VoicemailAudio | null>, bytes: number): void {
    drop(key);
    const until = clock.now() + forgetMs;
    heard.set(key, { sound, bytes, until, forget: clock.at(until, () => void heard.delete(key)) });
    let total = [...heard.values()].reduce((sum, each) => sum + each.bytes, 0);
    for (const [oldest, each] of heard) {
      if (total <= mostBytes) return;
      drop(oldest);
      total -= each.bytes;
    }
  }

  return {
    async of(tenantId, pairId) {
      const key = `${tenantId}/${pairId}`;
      const known = heard.get(key);
      if (known && clock.now() < known.until) {
        keep(key, known.sound, known.bytes);
        return known.sound;
      }
      const reading = journal.audio(tenantId, pairId);
      keep(key, reading, 0);
      try {
        const sound = await reading;
        if (sound) keep(key, reading, sound.bytes.length);
        // It may come in a moment.
        else drop(key);
        return sound;
      } catch (error) {
        drop(key);
        throw error;
      }
    },
  };
}
