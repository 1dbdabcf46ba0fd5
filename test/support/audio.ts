/** What tests of sound need: all samples, likeness, files that are made wrong on purpose. */
import { readFileSync } from 'node:fs';
import { encodings, record, type AudioFormat } from '../../lab/asterisk/voicemail/audio/formats.ts';
import { readSound, type Sound } from '../../server/audio/sound.ts';
import type { VoicemailAudio } from '../../server/domain/voicemail.ts';

const contentTypes: Record<string, string> = { wav: 'audio/wav', WAV: 'audio/wav', gsm: 'audio/x-gsm', ulaw: 'audio/x-mulaw', alaw: 'audio/x-alaw' };

export const labFormats = Object.keys(encodings) as AudioFormat[];

/** What the lab's PBX stores, with the content type that the connector gives it. */
export function labRecording(format: AudioFormat, seconds: number, seed = 3): VoicemailAudio {
  const { extension, content } = record(format, seconds, seed);
  return { contentType: contentTypes[extension] ?? '', bytes: content };
}

export function fixture(name: string): VoicemailAudio {
  return { contentType: name.endsWith('.gsm') ? 'audio/x-gsm' : 'audio/wav', bytes: readFileSync(new URL(`../fixtures/audio/${name}`, import.meta.url)) };
}

/** All samples of a sound, from a frame on. */
export function samplesOf({ codec }: Sound, from = 0): Int16Array {
  const samples: number[] = [];
  for (const piece of codec.read(from)) samples.push(...piece);
  return Int16Array.from(samples);
}

export function decoded(audio: VoicemailAudio): Int16Array {
  return samplesOf(readSound(audio));
}

/** Pearson's correlation: 1 is the same sound, whatever its loudness. */
export function correlation(left: Int16Array, right: Int16Array): number {
  const length = Math.min(left.length, right.length);
  let both = 0;
  let own = 0;
  let other = 0;
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0];
    both += a * b;
    own += a * a;
    other += b * b;
  }
  return both / Math.sqrt(own * other);
}

/** A WAV whose `fmt ` chunk and data are what a test says. */
export function wavOf({ tag, bits, channels = 1, rate = 8_000, blockAlign = (channels * bits) / 8, extra = new Uint8Array(), data, dataSize = data.length, before = Buffer.alloc(0) }: {
  tag: number; bits: number; channels?: number; rate?: number; blockAlign?: number; extra?: Uint8Array; data: Uint8Array; dataSize?: number; before?: Buffer;
}): VoicemailAudio {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * blockAlign, 8);
  format.writeUInt16LE(blockAlign, 12);
  format.writeUInt16LE(bits, 14);
  const body = Buffer.concat([Buffer.from('WAVE'), before, chunk('fmt ', Buffer.concat([format, extra])), chunk('data', data, dataSize)]);
  return { contentType: 'audio/wav', bytes: chunk('RIFF', body) };
}

export function chunk(name: string, content: Uint8Array, size = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, content]);
}
