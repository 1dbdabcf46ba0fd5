/** A frame is 76 numbers in 260 bits: eight log area ratios, then four times lag, gain, grid, block maximum and thirteen pulses (ETSI EN 300 961, table 1.1). */
const widths = Uint8Array.of(6, 6, 5, 5, 4, 4, 3, 3, ...Array.from({ length: 4 }, () => [7, 2, 2, 6, ...Array.from({ length: 13 }, () => 3)]).flat());

export const parameterCount = widths.length;
export const frameBits = 260;

/** Reads one frame into `into`. `lowestFirst`: the order of bits of a WAV; a bare file has the highest first. `fromBit` counts in that order. */
export function readParameters(bytes: Uint8Array, fromBit: number, lowestFirst: boolean, into: Uint8Array): void {
  let at = fromBit;
  for (let index = 0; index < parameterCount; index += 1) {
    const width = widths[index] ?? 0;
    let value = 0;
    for (let bit = 0; bit < width; bit += 1, at += 1) {
      const byte = bytes[at >> 3] ?? 0;
      if (lowestFirst) value |= ((byte >> (at & 7)) & 1) << bit;
      else value = (value << 1) | ((byte >> (7 - (at & 7))) & 1);
    }
    into[index] = value;
  }
}
