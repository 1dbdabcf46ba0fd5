import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OurError, TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Gap } from '../../../ports/connector.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';
import type { GreetingsConfig } from '../greetings-config.ts';
import type { AriAddress } from '../client/ari/request.ts';
import { soundsOfAri } from './sounds-of-ari.ts';
import { soundsOfFolder } from './sounds-of-folder.ts';
import { speakWith } from './voice.ts';

/** Names of ours; nothing else in the folder is read, written or removed. */
const ours = /^[a-z0-9-]{1,80}$/;
const headerBytes = 44;

/** A file that was cut off, or that is no WAV, is as good as missing: its header says how long it must be. */
function isWhole(bytes: Buffer): boolean {
  return bytes.length > headerBytes && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.readUInt32LE(4) + 8 === bytes.length;
}

export interface GreetingStoreOptions {
  instance: string;
  clock: Clock;
  config: GreetingsConfig;
  /** Asked for the PBX's sounds where its folder is not mounted here. */
  ari?: AriAddress | undefined;
  onChange?: () => void;
}

/** Greetings in a folder that the PBX reads, or fetches from through our door. `gaps`: that the voice does not speak, until it does. */
export function createGreetingStore({ instance, clock, config, ari, onChange = () => undefined }: GreetingStoreOptions): GreetingStore & { gaps(): Gap[] } {
  const { folder, sounds, soundsFolder, mediaUrl, voice } = config;
  let failure: TheirError | null = null;

  function heard(next: TheirError | null): void {
    if (failure?.message === next?.message) return;
    failure = next;
    onChange();
  }

  function fileOf(name: string): string {
    if (!ours.test(name)) throw new OurError('a greeting with a strange name');
    return join(folder, `${name}.wav`);
  }

  async function read(name: string): Promise<Buffer | null> {
    try {
      const bytes = await readFile(fileOf(name));
      return isWhole(bytes) ? bytes : null;
    } catch (error) {
      if (error instanceof OurError) throw error;
      return null;
    }
  }

  function unwritable(cause: unknown): TheirError {
    return new TheirError(instance, 'unavailable', 'the folder of greetings cannot be written', { cause, remedy: `Let Tieline write to ${folder} (connectors[].greetings.folder).` });
  }

  return {
    instance,
    languages: config.languages,
    hasVoice: voice !== undefined,
    async speak(text, language) {
      if (!voice) throw new TheirError(instance, 'refused', 'no voice is configured', { remedy: 'Set connectors[].greetings.voice.' });
      try {
        const wav = await speakWith({ instance, clock, voice }, text, language);
        heard(null);
        return wav;
      } catch (error) {
        if (error instanceof TheirError) heard(error);
        throw error;
      }
    },
    voiceFails: () => failure !== null,
    gaps: () => (failure === null ? [] : [{ capability: 'greetings', reason: `No greeting can be spoken: ${failure.message}`, remedy: failure.remedy ?? 'See connectors[].greetings.voice.' }]),
    has: async (name) => (await read(name)) !== null,
    read,
    async put(name, wav) {
      const file = fileOf(name);
      try {
        await mkdir(folder, { recursive: true });
        // A name of its own while it is written: the PBX must never play half of it. Two processes write the same bytes.
        await writeFile(`${file}.part`, wav);
        await rename(`${file}.part`, file);
      } catch (error) {
        throw unwritable(error);
      }
    },
    soundOf: (name) => (mediaUrl === undefined ? `${sounds}/${name}` : `${mediaUrl}/${name}.wav`),
    async recorded() {
      if (soundsFolder !== undefined) return soundsOfFolder(instance, soundsFolder, sounds);
      return ari ? soundsOfAri(ari, sounds) : null;
    },
    async forget(before) {
      const files = await readdir(folder).catch(() => []);
      for (const file of files) {
        if (!file.endsWith('.wav') || !ours.test(file.slice(0, -'.wav'.length))) continue;
        const at = await stat(join(folder, file)).catch(() => null);
        if (at && at.mtimeMs < before) await rm(join(folder, file), { force: true }).catch((error: unknown) => Promise.reject(unwritable(error)));
      }
    },
  };
}
