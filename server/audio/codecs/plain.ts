import { clip, pieceFrames, type Codec } from '../codec.ts';
import { unreadable } from '../trouble.ts';

type ReadSample = (view: DataView, at: number) => number;

/** By tag and bits: PCM (1) and IEEE floating point (3), little-endian; 8 bits are unsigned. The lower bits of wider samples are dropped. */
const readers: Record<string, ReadSample> = {
  '1/8': (view, at) => (view.getUint8(at) - 128) << 8,
  '1/16': (view, at) => view.getInt16(at, true),
  '1/24': (view, at) => view.getInt16(at + 1, true),
  '1/32': (view, at) => view.getInt16(at + 2, true),
  '3/32': (view, at) => fromFloat(view.getFloat32(at, true)),
  '3/64': (view, at) => fromFloat(view.getFloat64(at, true)),
  '6/8': (view, at) => aLaw[view.getUint8(at)] ?? 0,
  '7/8': (view, at) => muLaw[view.getUint8(at)] ?? 0,
};

/** Both laws of ITU-T G.711 as tables, by the stored byte. */
const muLaw = Int16Array.from({ length: 256 }, (_, stored) => {
  const byte = ~stored & 0xff;
  const magnitude = ((((byte & 0x0f) << 3) + 132) << ((byte >> 4) & 7)) - 132;
  return byte & 0x80 ? -magnitude : magnitude;
});
const aLaw = Int16Array.from({ length: 256 }, (_, stored) => {
  const byte = stored ^ 0x55;
  const segment = (byte >> 4) & 7;
  const inSegment = ((byte & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? inSegment : (inSegment + 256) << (segment - 1);
  return byte & 0x80 ? magnitude : -magnitude;
});

/** Sound whose samples stand one beside the other, each for itself. Throws UserError 422 for a width that nobody uses. */
export function plainCodec(data: Uint8Array, { tag, bitsPerSample, channels }: { tag: number; bitsPerSample: number; channels: number }): Codec {
  // Some old programs write 16 bits into the header of either law.
  const bits = tag === 6 || tag === 7 ? 8 : bitsPerSample;
  const reader = readers[`${tag}/${bits}`];
  if (!reader) throw unreadable(`samples of ${bitsPerSample} bits are not known`);
  const width = bits / 8;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const frames = Math.floor(data.length / (width * channels));
  return {
    frames,
    isWhole: data.length === frames * width * channels,
    *read(fromFrame) {
      for (let from = fromFrame; from < frames; from += pieceFrames) {
        const first = from * channels;
        const piece = new Int16Array((Math.min(frames, from + pieceFrames) - from) * channels);
        for (let index = 0; index < piece.length; index += 1) piece[index] = reader(view, (first + index) * width);
        yield piece;
      }
    },
  };
}

function fromFloat(value: number): number {
  return Number.isNaN(value) ? 0 : Math.round(clip(value * 32_767));
}
