import { wavOf } from './wav-head.ts';

/** PCM of 8 bits, one channel, 8,000 a second: 0x80 is silence. */
const format = new Uint8Array([1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]);

/** A hundredth of a second of nothing. */
export function silence(): Blob {
  return wavOf({ format }, new Uint8Array(80).fill(0x80).buffer);
}
