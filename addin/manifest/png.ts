import { inflateSync } from 'node:zlib';

/** A picture of 8 bits a channel with transparency. */
export interface Picture {
  width: number;
  height: number;
  /** Red, green, blue and opacity of each pixel, from the upper left. */
  pixels: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const channels = 4;
/** Icons are small; a header that claims more is refused before anything is unpacked. */
const widest = 512;

/**
 * Reads a PNG as a browser writes it: 8 bits, RGBA, not interlaced (https://www.w3.org/TR/png-3/). Null for everything else.
 */
export function readPng(bytes: Uint8Array): Picture | null {
  if (!signature.every((byte, index) => bytes[index] === byte)) return null;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = chunksOf(view);
  const header = parts.find((each) => each.type === 'IHDR')?.data;
  if (!header || header.length < 13) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const isPlain = header[8] === 8 && header[9] === 6 && header[12] === 0;
  if (!isPlain || width === 0 || height === 0 || width > widest || height > widest) return null;
  const packed = Buffer.concat(parts.filter((each) => each.type === 'IDAT').map((each) => each.data));
  const pixels = unfilter(unpack(packed, (width * channels + 1) * height), width * channels, height);
  return pixels && { width, height, pixels };
}

function chunksOf(view: Buffer): { type: string; data: Buffer }[] {
  const found: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at + 12 <= view.length;) {
    const length = view.readUInt32BE(at);
    found.push({ type: view.toString('latin1', at + 4, at + 8), data: view.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

function unpack(packed: Buffer, size: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: size });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Takes back the prediction of each line (PNG 9.2). Null when data is missing or a filter is unknown. */
function unfilter(data: Buffer, stride: number, height: number): Uint8Array | null {
  if (data.length < (stride + 1) * height) return null;
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = data[row * (stride + 1)] ?? 0;
    if (filter > 4) return null;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < channels ? 0 : (out[at - channels] ?? 0);
      const up = row === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = column < channels || row === 0 ? 0 : (out[at - stride - channels] ?? 0);
      out[at] = (data[row * (stride + 1) + 1 + column] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
