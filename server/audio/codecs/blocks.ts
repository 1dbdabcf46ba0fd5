import type { Codec } from '../codec.ts';

/** A codec whose blocks can each be decoded for themselves. */
export interface BlockLayout {
  data: Uint8Array;
  blockBytes: number;
  channels: number;
  /** Frames in a block of so many bytes, 0 when it is too short for anything. */
  framesIn(bytes: number): number;
  /** Fills `into`, channels side by side. */
  decode(block: Uint8Array, into: Int16Array): void;
  /** What the `fact` chunk says: where the sound ends inside of the last block. */
  fact: number | null;
}

export function blockCodec({ data, blockBytes, channels, framesIn, decode, fact }: BlockLayout): Codec {
  const perBlock = framesIn(blockBytes);
  const whole = Math.floor(data.length / blockBytes);
  const rest = data.length - whole * blockBytes;
  const decodable = whole * perBlock + framesIn(rest);
  const endsInside = fact !== null && fact <= decodable && fact > decodable - perBlock;
  const frames = endsInside ? fact : decodable;
  return {
    frames,
    // A short last block is what encoders write that do not fill it; what is too short for a header was cut off.
    isWhole: (rest === 0 || framesIn(rest) > 0) && (fact === null || fact <= decodable),
    *read(fromFrame) {
      const piece = new Int16Array(perBlock * channels);
      for (let block = Math.floor(fromFrame / perBlock); block * perBlock < frames; block += 1) {
        const bytes = data.subarray(block * blockBytes, (block + 1) * blockBytes);
        const first = block * perBlock;
        const filled = piece.subarray(0, framesIn(bytes.length) * channels);
        decode(bytes, filled);
        yield filled.subarray(Math.max(0, fromFrame - first) * channels, Math.min(frames - first, perBlock) * channels);
      }
    },
  };
}
