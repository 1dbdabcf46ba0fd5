import { wavFile } from './wav.ts';

/** IMA ADPCM as Microsoft puts it into a WAV (tag 0x11): blocks of 256 bytes, a sample in full and then four bits for each difference. */

const blockBytes = 256;
const samplesPerBlock = (blockBytes - 4) * 2 + 1;

/** Step sizes, each a tenth more than the last (IMA Digital Audio Focus and Technical Working Groups, 1992). */
const steps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449,
  494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10_442,
  11_487, 12_635, 13_899, 15_289, 16_818, 18_500, 20_350, 22_385, 24_623, 27_086, 29_794, 32_767,
];

const indexChanges = [-1, -1, -1, -1, 2, 4, 6, 8];

interface State { value: number; index: number }

/** The four bits for the next sample; moves the state as a decoder will. */
function nibble(state: State, sample: number): number {
  const step = steps[state.index] ?? 7;
  const sign = sample < state.value ? 8 : 0;
  let rest = Math.abs(sample - state.value);
  let change = step >> 3;
  let code = 0;
  for (const [bit, part] of [[4, step], [2, step >> 1], [1, step >> 2]] as const) {
    if (rest < part) continue;
    code |= bit;
    rest -= part;
    change += part;
  }
  state.value = Math.max(-32_768, Math.min(32_767, state.value + (sign ? -change : change)));
  state.index = Math.max(0, Math.min(steps.length - 1, state.index + (indexChanges[code] ?? 0)));
  return sign | code;
}

function block(samples: Int16Array, start: number, state: State): Buffer {
  const bytes = Buffer.alloc(blockBytes);
  state.value = samples[start] ?? 0;
  bytes.writeInt16LE(state.value, 0);
  bytes.writeUInt8(state.index, 2);
  for (let index = 0; index < samplesPerBlock - 1; index += 1) {
    const code = nibble(state, samples[start + 1 + index] ?? 0);
    const at = 4 + (index >> 1);
    bytes.writeUInt8((bytes.readUInt8(at) | (index % 2 === 0 ? code : code << 4)) & 0xff, at);
  }
  return bytes;
}

export function imaWav(samples: Int16Array): Buffer {
  const state: State = { value: 0, index: 0 };
  const blocks = Array.from({ length: Math.ceil(samples.length / samplesPerBlock) }, (_, index) => block(samples, index * samplesPerBlock, state));
  const byteRate = Math.round((8000 * blockBytes) / samplesPerBlock);
  return wavFile({ tag: 0x11, bitsPerSample: 4, blockAlign: blockBytes, byteRate, samplesPerBlock, samples: samples.length }, Buffer.concat(blocks));
}
