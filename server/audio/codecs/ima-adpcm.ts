import { clip, type Codec } from '../codec.ts';
import type { WavFile } from '../riff.ts';
import { unreadable } from '../trouble.ts';
import { blockCodec } from './blocks.ts';

/** 89 step sizes (IMA Digital Audio Focus and Technical Working Groups, Recommended Practices 3.00, 1992). */
const steps = Int16Array.of(
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449,
  494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493,
  10_442, 11_487, 12_635, 13_899, 15_289, 16_818, 18_500, 20_350, 22_385, 24_623, 27_086, 29_794, 32_767,
);
/** How the place in the table moves, by the three lower bits of a code. */
const moves = Int8Array.of(-1, -1, -1, -1, 2, 4, 6, 8);

/** IMA ADPCM as Microsoft puts it into a WAV (tag 0x11): per channel a header of four bytes, then four bytes of codes for each channel in turn, the lower half first. */
export function imaCodec({ data, blockAlign, channels, bitsPerSample, fact }: WavFile): Codec {
  const header = 4 * channels;
  if (channels > 2 || bitsPerSample !== 4 || blockAlign < header + 4 * channels) throw unreadable('its blocks are not those of IMA ADPCM');
  const group = 4 * channels;
  return blockCodec({
    data, channels, fact, blockBytes: blockAlign,
    framesIn: (bytes) => (bytes < header ? 0 : 1 + Math.floor((bytes - header) / group) * 8),
    decode(block, into) {
      const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
      for (let channel = 0; channel < channels; channel += 1) decodeChannel(view, into, channel, channels);
    },
  });
}

function decodeChannel(view: DataView, into: Int16Array, channel: number, channels: number): void {
  let value = view.getInt16(channel * 4, true);
  // A damaged block may name a place outside of the table.
  let place = Math.min(88, view.getUint8(channel * 4 + 2));
  into[channel] = value;
  const frames = into.length / channels;
  for (let frame = 1; frame < frames; frame += 1) {
    const code = codeAt(view, frame - 1, channel, channels);
    const step = steps[place] ?? 0;
    const change = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
    value = clip(code & 8 ? value - change : value + change);
    place = Math.max(0, Math.min(88, place + (moves[code & 7] ?? 0)));
    into[frame * channels + channel] = value;
  }
}

/** Eight codes of one channel stand together, then eight of the next. */
function codeAt(view: DataView, index: number, channel: number, channels: number): number {
  const group = index >> 3;
  const byte = view.getUint8(4 * channels + (group * channels + channel) * 4 + ((index & 7) >> 1));
  return index & 1 ? byte >> 4 : byte & 15;
}
