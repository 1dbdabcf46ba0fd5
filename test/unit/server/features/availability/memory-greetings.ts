import { wavHeader } from '../../../../../server/audio/wav-header.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { GreetingStore } from '../../../../../server/ports/greeting-store.ts';

/** A voice that writes down what it says, and a folder that only remembers. */
export function memoryGreetings(): GreetingStore & { said: string[]; files: Map<string, Uint8Array>; fails: boolean } {
  const files = new Map<string, Uint8Array>();
  const made = {
    instance: 'pbx', languages: ['en', 'de'], hasVoice: true, voiceFails: () => made.fails, said: [] as string[], files, fails: false,
    async speak(text: string) {
      if (made.fails) throw new TheirError('pbx', 'unavailable', 'the voice is missing');
      made.said.push(text);
      const data = Buffer.alloc(44_100, 1);
      return Buffer.concat([wavHeader({ tag: 1, channels: 1, sampleRate: 22_050, bitsPerSample: 16, dataBytes: data.length }), data]);
    },
    has: async (name: string) => files.has(name), read: async (name: string) => files.get(name) ?? null, soundOf: (name: string) => `tieline/greetings/${name}`,
    put: async (name: string, wav: Uint8Array) => void files.set(name, wav),
    forget: async () => undefined, recorded: async () => ['tieline/closed'],
  };
  return made;
}
