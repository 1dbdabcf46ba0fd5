import { wavFile } from './wav.ts';

/**
 * GSM 06.10 full rate: a buzz, written straight as the parameters of its frames (ETSI EN 300 961, tables 1.1 and 5.1). Every decoder plays it; no encoder is
 * needed. A frame is 76 parameters, 260 bits, 160 samples, 20 ms.
 */

const framesPerSecond = 50;

/** Bits of each parameter: eight log area ratios, then four times lag, gain, grid, block maximum and thirteen pulses. */
const ratioBits = [6, 6, 5, 5, 4, 4, 3, 3];
const subframeBits = [7, 2, 2, 6, ...Array.from({ length: 13 }, () => 3)];
const widths = [...ratioBits, ...subframeBits, ...subframeBits, ...subframeBits, ...subframeBits];

/** Log area ratios that colour nothing: the middle of each range. */
const flat = [32, 32, 16, 16, 8, 8, 4, 4];

/** One pulse in each subframe, at a place and loudness that follow from frame and seed. 4 is the smallest positive pulse, 7 the largest. */
function frame(number: number, seed: number): number[] {
  const loudness = 34 + Math.round(12 * Math.sin(Math.PI * (number / framesPerSecond) * 4) ** 2);
  const pulses = Array.from({ length: 13 }, (_, index) => ((index + seed) % 5 === 0 ? 7 : 4 - (index % 2)));
  const subframe = [40, 0, seed % 4, loudness, ...pulses];
  return [...flat, ...subframe, ...subframe, ...subframe, ...subframe];
}

/** Bits in the order in which they are packed: highest first (.gsm) or lowest first (WAV). */
function bits(values: readonly number[], lowestFirst: boolean): number[] {
  return values.flatMap((value, index) => {
    const width = widths[index] ?? 0;
    return Array.from({ length: width }, (_, bit) => (value >> (lowestFirst ? bit : width - 1 - bit)) & 1);
  });
}

function pack(all: readonly number[], lowestFirst: boolean): Buffer {
  const bytes = Buffer.alloc(Math.ceil(all.length / 8));
  all.forEach((bit, index) => {
    const at = index >> 3;
    bytes.writeUInt8(bytes.readUInt8(at) | (bit << (lowestFirst ? index % 8 : 7 - (index % 8))), at);
  });
  return bytes;
}

/** A bare .gsm file: 33 bytes per frame, each beginning with the signature 0xD. */
export function gsmFrames(seconds: number, seed: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(seconds * framesPerSecond) }, (_, number) => pack([1, 1, 0, 1, ...bits(frame(number, seed), false)], false)));
}

/** Microsoft's GSM in a WAV (tag 0x31, Asterisk's wav49): two frames in 65 bytes, the lowest bit first. */
export function wav49(seconds: number, seed: number): Buffer {
  const pairs = Math.ceil((seconds * framesPerSecond) / 2);
  const data = Buffer.concat(Array.from({ length: pairs }, (_, pair) => pack([...bits(frame(pair * 2, seed), true), ...bits(frame(pair * 2 + 1, seed), true)], true)));
  return wavFile({ tag: 0x31, bitsPerSample: 0, blockAlign: 65, byteRate: 1625, samplesPerBlock: 320, samples: pairs * 320 }, data);
}
