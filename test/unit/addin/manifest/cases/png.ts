import { deflateSync } from 'node:zlib';

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  // Nobody here looks at the checksum.
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

/** A square PNG of 8-bit RGBA in one colour; each line with another of the five filters. */
export function makePng(size: number, colour: readonly [number, number, number, number]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = size * 4;
  const line = (row: number): Buffer => {
    const filter = row % 5;
    const bytes = Array.from({ length: stride }, (_, column) => {
      const value = colour[column % 4] ?? 0;
      const left = column < 4 ? 0 : value;
      const up = row === 0 ? 0 : value;
      const guesses = [0, left, up, Math.floor((left + up) / 2), row === 0 ? left : up];
      return (value - (guesses[filter] ?? 0)) & 255;
    });
    return Buffer.from([filter, ...bytes]);
  };
  const lines = Buffer.concat(Array.from({ length: size }, (_, row) => line(row)));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}
