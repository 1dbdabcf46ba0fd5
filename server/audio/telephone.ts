import { clip } from './codec.ts';
import type { Sound } from './sound.ts';
import { headerBytes, wavHeader } from './wav-header.ts';

/** What every phone system plays: 16 bits, one channel, 8 kHz. */
const telephoneRate = 8_000;

/** Half of the filter's length, in samples of the slower of the two rates: enough that what cannot be carried is 40 dB down. */
const lobes = 12;

/** A recording as telephones play it. Above what 8 kHz carry is filtered out first, or it would come back as noise (windowed sinc, Hann). */
export function telephoneWav({ codec, channels, sampleRate }: Pick<Sound, 'codec' | 'channels' | 'sampleRate'>): Uint8Array {
  const samples = mono(codec.read(0), codec.frames, channels);
  const ratio = sampleRate / telephoneRate;
  const count = Math.floor(samples.length / ratio);
  // The lower of both rates, and a little less for the filter's slope.
  const cutoff = Math.min(1, 1 / ratio) * 0.92;
  const reach = lobes / Math.min(1, 1 / ratio);
  const wav = new Uint8Array(headerBytes + count * 2);
  wav.set(wavHeader({ tag: 1, channels: 1, sampleRate: telephoneRate, bitsPerSample: 16, dataBytes: count * 2 }));
  const view = new DataView(wav.buffer);
  for (let index = 0; index < count; index++) {
    const centre = index * ratio;
    let sum = 0;
    let weights = 0;
    for (let at = Math.max(0, Math.ceil(centre - reach)); at <= Math.min(samples.length - 1, centre + reach); at++) {
      const distance = at - centre;
      const phase = Math.PI * distance * cutoff;
      const weight = (phase === 0 ? 1 : Math.sin(phase) / phase) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
      sum += weight * (samples[at] ?? 0);
      weights += weight;
    }
    view.setInt16(headerBytes + index * 2, clip(Math.round(weights === 0 ? 0 : sum / weights)), true);
  }
  return wav;
}

function mono(pieces: Iterable<Int16Array>, frames: number, channels: number): Float32Array {
  const samples = new Float32Array(frames);
  let frame = 0;
  for (const piece of pieces) {
    for (let at = 0; at + channels <= piece.length && frame < frames; at += channels, frame++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += piece[at + channel] ?? 0;
      samples[frame] = sum / channels;
    }
  }
  return samples;
}
