/** What is needed of a WAV file's beginning to cut it into files that play by themselves (RIFF: chunks of a name, a length and data, padded to even lengths). */
export interface WavHead {
  /** The `fmt ` chunk's data, as it stands. */
  format: Uint8Array;
  /** Where the samples begin, bytes from the file's beginning. */
  dataAt: number;
  dataBytes: number;
  bytesPerSecond: number;
  /** Samples may be cut only at a multiple of this. */
  blockAlign: number;
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** Reads the head; undefined when these bytes are no WAV file, or its samples begin later. */
export function readWavHead(bytes: ArrayBuffer): WavHead | undefined {
  const view = new DataView(bytes);
  if (view.byteLength < 12 || nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WAVE') return undefined;
  let format: Uint8Array | undefined;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true);
    const name = nameAt(view, at);
    if (name === 'data') return format === undefined ? undefined : headOf(format, at + 8, length);
    if (name === 'fmt ' && at + 8 + length <= view.byteLength) format = new Uint8Array(bytes, at + 8, length);
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function headOf(format: Uint8Array, dataAt: number, dataBytes: number): WavHead | undefined {
  if (format.byteLength < 16) return undefined;
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const [bytesPerSecond, blockAlign] = [view.getUint32(8, true), view.getUint16(12, true)];
  return bytesPerSecond > 0 && blockAlign > 0 ? { format, dataAt, dataBytes, bytesPerSecond, blockAlign } : undefined;
}

/** A WAV file of some of the samples. */
export function wavOf({ format }: Pick<WavHead, 'format'>, samples: ArrayBuffer): Blob {
  const head = new DataView(new ArrayBuffer(12 + 8));
  const write = (at: number, name: string): void => name.split('').forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  const dataHead = new DataView(new ArrayBuffer(8));
  write(0, 'RIFF');
  head.setUint32(4, 4 + 8 + format.byteLength + 8 + samples.byteLength, true);
  write(8, 'WAVEfmt ');
  head.setUint32(16, format.byteLength, true);
  dataHead.setUint32(0, 0x61746164, true);
  dataHead.setUint32(4, samples.byteLength, true);
  return new Blob([head, format.slice(), dataHead, samples], { type: 'audio/wav' });
}
