import { clip, type Codec } from '../codec.ts';
import type { WavFile } from '../riff.ts';
import { unreadable } from '../trouble.ts';
import { blockCodec } from './blocks.ts';

/** How the step grows, by code, in 256ths (Microsoft, New Multimedia Data Types and Data Techniques, 1994). */
const growth = Int16Array.of(230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230);
const smallestStep = 16;
/** The seven pairs that every file may count on, in 256ths; the header usually repeats them. */
const standardPairs: readonly (readonly [number, number])[] = [[256, 0], [512, -256], [0, 0], [192, 64], [240, 0], [460, -208], [392, -232]];
/** Bytes of a block's header for each channel: predictor, step and the first two samples. */
const headerBytes = 7;

/** Microsoft ADPCM (tag 2): each sample foretold from the two before it, and four bits for the difference, the upper half first. */
export function msCodec({ data, blockAlign, channels, bitsPerSample, extra, fact }: WavFile): Codec {
  const header = headerBytes * channels;
  if (channels > 2 || bitsPerSample !== 4 || blockAlign <= header) throw unreadable('its blocks are not those of Microsoft ADPCM');
  const pairs = readPairs(extra);
  return blockCodec({
    data, channels, fact, blockBytes: blockAlign,
    framesIn: (bytes) => (bytes < header ? 0 : 2 + Math.floor(((bytes - header) * 2) / channels)),
    decode: (block, into) => decodeBlock(new DataView(block.buffer, block.byteOffset, block.byteLength), into, channels, pairs),
  });
}

/** Behind the common part: samples in a block, number of pairs, the pairs. */
function readPairs(extra: Uint8Array): readonly (readonly [number, number])[] {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  const count = extra.length >= 4 ? view.getUint16(2, true) : 0;
  if (count === 0 || extra.length < 4 + count * 4) return standardPairs;
  return Array.from({ length: count }, (_, index) => [view.getInt16(4 + index * 4, true), view.getInt16(6 + index * 4, true)] as const);
}

interface Channel { first: number; second: number; step: number; last: number; before: number }

function decodeBlock(view: DataView, into: Int16Array, channels: number, pairs: readonly (readonly [number, number])[]): void {
  const states = Array.from({ length: channels }, (_, channel): Channel => {
    const [first, second] = pairs[view.getUint8(channel)] ?? [256, 0];
    const word = (field: number): number => view.getInt16(channels + (field * channels + channel) * 2, true);
    return { first, second, step: word(0), last: word(1), before: word(2) };
  });
  states.forEach(({ last, before }, channel) => {
    into[channel] = before;
    into[channels + channel] = last;
  });
  for (let index = 0; index < into.length - 2 * channels; index += 1) {
    const byte = view.getUint8(headerBytes * channels + (index >> 1));
    const state = states[index % channels];
    if (state) into[2 * channels + index] = next(state, index & 1 ? byte & 15 : byte >> 4);
  }
}

function next(state: Channel, code: number): number {
  const foretold = (state.last * state.first + state.before * state.second) >> 8;
  const sample = clip(foretold + (code >= 8 ? code - 16 : code) * state.step);
  state.step = Math.max(smallestStep, ((growth[code] ?? 0) * state.step) >> 8);
  state.before = state.last;
  state.last = sample;
  return sample;
}
