import { gsmFrames, wav49 } from './gsm.ts';
import { imaWav } from './ima-adpcm.ts';
import { toALaw, toMuLaw } from './log-pcm.ts';
import { tone } from './tone.ts';
import { wavFile } from './wav.ts';

/**
 * What a recording is stored as. The first five are voicemail.conf's own words (`format =`); the last three are what other systems and old archives put
 * into a WAV.
 */
export type AudioFormat = 'wav' | 'wav49' | 'gsm' | 'ulaw' | 'alaw' | 'wav-ulaw' | 'wav-alaw' | 'wav-adpcm';

/** Samples per second, of telephones. */
export const sampleRate = 8000;

interface Encoding {
  /** Ending of the file's name. */
  extension: string;
  encode(seconds: number, seed: number): Buffer;
}

export const encodings: Record<AudioFormat, Encoding> = {
  wav: { extension: 'wav', encode: (seconds, seed) => wavFile({ tag: 1, bitsPerSample: 16, blockAlign: 2, byteRate: 16_000 }, toBytes(tone(seconds, seed))) },
  wav49: { extension: 'WAV', encode: (seconds, seed) => wav49(seconds, seed) },
  gsm: { extension: 'gsm', encode: (seconds, seed) => gsmFrames(seconds, seed) },
  ulaw: { extension: 'ulaw', encode: (seconds, seed) => toMuLaw(tone(seconds, seed)) },
  alaw: { extension: 'alaw', encode: (seconds, seed) => toALaw(tone(seconds, seed)) },
  'wav-ulaw': { extension: 'wav', encode: (seconds, seed) => wavFile({ tag: 7, bitsPerSample: 8, blockAlign: 1, byteRate: 8000, samples: seconds * sampleRate }, toMuLaw(tone(seconds, seed))) },
  'wav-alaw': { extension: 'wav', encode: (seconds, seed) => wavFile({ tag: 6, bitsPerSample: 8, blockAlign: 1, byteRate: 8000, samples: seconds * sampleRate }, toALaw(tone(seconds, seed))) },
  'wav-adpcm': { extension: 'wav', encode: (seconds, seed) => imaWav(tone(seconds, seed)) },
};

function toBytes(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
  return bytes;
}

/** `seconds` of a voice that the lab invents; the same seed gives the same bytes. */
export function record(format: AudioFormat, seconds: number, seed: number): { extension: string; content: Buffer } {
  const { extension, encode } = encodings[format];
  return { extension, content: encode(seconds, seed) };
}
