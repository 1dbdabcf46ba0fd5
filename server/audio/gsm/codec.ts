import type { Codec } from '../codec.ts';
import type { SeekPoints } from '../seek-points.ts';
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

/** Frames from one seek point to the next, a multiple of a piece: five seconds, which are decoded in some 2 ms. */
const framesToPoint = 250;

/** GSM in a WAV. `points`: those of this recording. */
export function wav49Codec(data: Uint8Array, fact: number | null, points: SeekPoints | null): Codec {
  const pairs = Math.floor(data.length / pairBytes);
  const rest = data.length - pairs * pairBytes;
  // The first of two frames ends in the middle of byte 33. A single byte is the padding, which some encoders count (sox 14.4).
  const count = pairs * 2 + (rest >= bareBytes ? 1 : 0);
  const frames = count * frameSamples;
  const ends = fact !== null && fact <= frames && fact > frames - 2 * frameSamples ? fact : frames;
  return speech({ count, points, frames: ends, isWhole: rest <= 1, read: (index, into) => readParameters(data, (index >> 1) * pairBytes * 8 + (index & 1) * frameBits, true, into) });
}

/** A bare .gsm file, to the first frame without the signature. `points`: those of this recording. Throws UserError 422 when already the first has none. */
export function gsmCodec(data: Uint8Array, points: SeekPoints | null): Codec {
  const most = Math.floor(data.length / bareBytes);
  let count = 0;
  while (count < most && (data[count * bareBytes] ?? 0) >> 4 === signature) count += 1;
  if (count === 0) throw unreadable('it does not begin as GSM speech does');
  return speech({ count, points, frames: count * frameSamples, isWhole: count * bareBytes === data.length, read: (index, into) => readParameters(data, index * bareBytes * 8 + 4, false, into) });
}

interface Speech { count: number; frames: number; isWhole: boolean; points: SeekPoints | null; read(index: number, into: Uint8Array): void }

function speech({ count, frames, isWhole, points, read }: Speech): Codec {
  return {
    frames,
    isWhole,
    *read(fromFrame) {
      // Each frame needs those before it, so it is decoded from the beginning, or from the last place whose state is known.
      const known = points?.last(Math.floor(fromFrame / (framesToPoint * frameSamples))) ?? null;
      const decoder = createGsmDecoder(known?.state);
      const parameters = new Uint8Array(parameterCount);
      const piece = new Int16Array(framesInPiece * frameSamples);
      for (let first = (known?.index ?? 0) * framesToPoint; first < count; first += framesInPiece) {
        if (first > 0 && first % framesToPoint === 0) points?.keep(first / framesToPoint, () => decoder.state());
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
