import { unreadable } from './trouble.ts';

/** What a WAV says of itself, as far as it is there. */
export interface WavFile {
  /** What the samples are stored as; of an extensible header the tag inside. */
  tag: number;
  /** The header is the long form of the newer kind (tag 0xFFFE). */
  isExtensible: boolean;
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Bytes of one block, or of one sample of all channels. */
  blockAlign: number;
  bitsPerSample: number;
  /** What follows the 16 (18) bytes that every `fmt ` has; empty where nothing does. */
  extra: Uint8Array;
  /** Samples of one channel, by the `fact` chunk; null without one. */
  fact: number | null;
  /** The stored samples, as many as there are. */
  data: Uint8Array;
  /** The header promises no more than there is. */
  isWhole: boolean;
}

const extensible = 0xfffe;
/** Sizes that programs write who cannot go back to the header when they are done. */
const unknownSizes = [0, 0xffffffff];

/**
 * Reads a RIFF WAVE file (Microsoft, Multimedia Programming Interface and Data Specifications 1.0, and RFC 2361 for the tags). Takes it as it comes: chunks in any
 * order and of any kind, odd chunks without their padding byte, sizes that were never filled in, an end that is missing. Throws UserError 422.
 */
export function readWav(bytes: Uint8Array): WavFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isWav(bytes)) throw unreadable('it does not begin as a WAV file does');
  let format: Uint8Array | undefined;
  let fact: number | null = null;
  let data: Uint8Array | undefined;
  let isWhole = true;
  for (let at = 12; at + 8 <= bytes.length && data === undefined;) {
    const name = textAt(bytes, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === 'data') {
      data = bytes.subarray(start, unknownSizes.includes(size) ? bytes.length : Math.min(bytes.length, start + size));
      isWhole = unknownSizes.includes(size) || start + size <= bytes.length;
    } else if (start + size <= bytes.length) {
      if (name === 'fmt ') format = bytes.subarray(start, start + size);
      if (name === 'fact' && size >= 4) fact = view.getUint32(start, true);
    }
    const end = start + size;
    at = end + (size % 2 === 1 && !isChunkName(textAt(bytes, end)) ? 1 : 0);
  }
  if (!format) throw unreadable('its header does not say how the sound is stored');
  if (!data) throw unreadable('its header is there, the sound is not');
  return { ...readFormat(format), fact, data, isWhole };
}

export function isWav(bytes: Uint8Array): boolean {
  return textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WAVE';
}

function readFormat(format: Uint8Array): Omit<WavFile, 'fact' | 'data' | 'isWhole'> {
  if (format.length < 16) throw unreadable('its header is too short');
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const first = view.getUint16(0, true);
  const isExtensible = first === extensible && format.length >= 26;
  const read = {
    tag: isExtensible ? view.getUint16(24, true) : first, isExtensible,
    channels: view.getUint16(2, true), sampleRate: view.getUint32(4, true), blockAlign: view.getUint16(12, true), bitsPerSample: view.getUint16(14, true),
    extra: format.subarray(Math.min(18, format.length)),
  };
  if (read.channels < 1 || read.channels > 8) throw unreadable(`its header speaks of ${read.channels} channels`);
  // Telephones have 8000 and 16,000; what is outside of this is not sound.
  if (read.sampleRate < 1_000 || read.sampleRate > 192_000) throw unreadable(`its header speaks of ${read.sampleRate} samples per second`);
  return read;
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function isChunkName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9 ]{3}$/.test(text);
}
