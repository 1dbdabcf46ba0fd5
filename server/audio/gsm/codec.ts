import type { Codec } from '../codec.ts';
import { unreadable } from '../trouble.ts';
import { createGsmDecoder, frameSamples } from './decoder.ts';
import { frameBits, parameterCount, readParameters } from './parameters.ts';

/** Bytes of a frame in a bare file: four bits of signature and 260 of speech. */
const bareBytes = 33;
const signature = 0xd;
/** Two frames in a WAV, the lowest bit first (tag 0x31, Asterisk's wav49). */
const pairBytes = 65;

/** Frames that are decoded between two chances for others. */
const framesInPiece = 25;

/** GSM in a WAV. */
export function wav49Codec(data: Uint8Array, fact: number | null): Codec {
  const pairs = Math.floor(data.length / pairBytes);
  const rest = data.length - pairs * pairBytes;
  // The first of two frames ends in the middle of byte 33. A single byte is the padding, which some encoders count (sox 14.4).
  const count = pairs * 2 + (rest >= bareBytes ? 1 : 0);
  const frames = count * frameSamples;
  const ends = fact !== null && fact <= frames && fact > frames - 2 * frameSamples ? fact : frames;
  return speech({ count, frames: ends, isWhole: rest <= 1, read: (index, into) => readParameters(data, (index >> 1) * pairBytes * 8 + (index & 1) * frameBits, true, into) });
}

/** A bare .gsm file, to the first frame without the signature. Throws UserError 422 when already the first has none. */
export function gsmCodec(data: Uint8Array): Codec {
  const most = Math.floor(data.length / bareBytes);
  let count = 0;
  while (count < most && (data[count * bareBytes] ?? 0) >> 4 === signature) count += 1;
  if (count === 0) throw unreadable('it does not begin as GSM speech does');
  return speech({ count, frames: count * frameSamples, isWhole: count * bareBytes === data.length, read: (index, into) => readParameters(data, index * bareBytes * 8 + 4, false, into) });
}

function speech({ count, frames, isWhole, read }: { count: number; frames: number; isWhole: boolean; read(index: number, into: Uint8Array): void }): Codec {
  return {
    frames,
    isWhole,
    *read(fromFrame) {
      const decoder = createGsmDecoder();
      const parameters = new Uint8Array(parameterCount);
      const piece = new Int16Array(framesInPiece * frameSamples);
      // Each frame needs those before it, so it is always decoded from the beginning.
      for (let first = 0; first < count; first += framesInPiece) {
        const here = Math.min(framesInPiece, count - first);
        for (let index = 0; index < here; index += 1) {
          read(first + index, parameters);
          decoder.decode(parameters, piece.subarray(index * frameSamples, (index + 1) * frameSamples));
        }
        const start = first * frameSamples;
        yield piece.subarray(Math.max(0, Math.min(fromFrame - start, here * frameSamples)), Math.min(frames - start, here * frameSamples));
      }
    },
  };
}
