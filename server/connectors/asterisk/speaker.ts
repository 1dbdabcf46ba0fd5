import type { Log } from '../../ports/log.ts';
import type { Call } from './client/agi/commands.ts';
import type { PromptsConfig } from './prompts-config.ts';

/** Says things to one caller, whatever sounds the PBX has. */
export interface Speaker {
  say(sounds: readonly string[]): Promise<void>;
  ask(sound: string, entryMs: number, mostDigits: number): Promise<string>;
}

/** A sound that is missing is replaced by a tone and reported, so that a caller is never left in silence because of a file. */
export function createSpeaker(call: Call, { prompts, log, onMissing }: { prompts: PromptsConfig; log: Log; onMissing: (sound: string) => void }): Speaker {
  function missing(sound: string): void {
    log.warn({ sound }, 'dial-in: a sound file is missing');
    onMissing(sound);
  }

  return {
    async say(sounds) {
      for (const sound of sounds) {
        if (await call.play(sound)) continue;
        missing(sound);
        await call.play(prompts.missing);
      }
    },
    async ask(sound, entryMs, mostDigits) {
      const digits = await call.askDigits(sound, entryMs, mostDigits);
      if (digits !== null) return digits;
      missing(sound);
      return (await call.askDigits(prompts.missing, entryMs, mostDigits)) ?? '';
    },
  };
}
