import type { Sound } from './sound.ts';

/** Bars of a waveform: enough for the widest player, few enough to be sent with the message. */
export const waveformBars = 200;

/**
 * The loudest sample of each of 200 equal parts, 0 to 1. Gives one value after each piece of work, so that whoever asks can let others have their turn; the last
 * one is the answer and undefined before.
 */
export function* waveformOf({ codec, channels }: Sound): Generator<undefined, number[]> {
  const loudest = Array.from({ length: waveformBars }, () => 0);
  let at = 0;
  for (const samples of codec.read(0)) {
    for (let index = 0; index < samples.length; index += 1) {
      const bar = Math.floor(((at + Math.floor(index / channels)) * waveformBars) / codec.frames);
      const size = Math.abs(samples[index] ?? 0);
      if (size > (loudest[bar] ?? 0)) loudest[bar] = size;
    }
    at += samples.length / channels;
    yield undefined;
  }
  return loudest.map((size) => Math.round((size / 32_768) * 1_000) / 1_000);
}
