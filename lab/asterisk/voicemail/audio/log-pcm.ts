/** ITU-T G.711, both laws, from the recommendation's segment tables. */

/** Position of the highest bit of `value` at or above `lowest`. */
function segment(value: number, lowest: number): number {
  return Math.max(0, 31 - Math.clz32(value) - lowest);
}

function muLawByte(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = segment(magnitude, 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function aLawByte(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32_767) >> 3;
  const exponent = magnitude < 32 ? 0 : segment(magnitude, 4);
  const mantissa = exponent === 0 ? magnitude >> 1 : magnitude >> exponent;
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55;
}

export function toMuLaw(samples: Int16Array): Buffer {
  return Buffer.from(Uint8Array.from(samples, muLawByte));
}

export function toALaw(samples: Int16Array): Buffer {
  return Buffer.from(Uint8Array.from(samples, aLawByte));
}
