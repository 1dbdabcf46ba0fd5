/** Bytes of the header that `wavHeader` makes. */
export const headerBytes = 44;

/** The header of a WAV that every browser plays, for `dataBytes` of samples. `tag`: 1 PCM, 6 A-law, 7 µ-law. */
export function wavHeader({ tag, channels, sampleRate, bitsPerSample, dataBytes }: { tag: 1 | 6 | 7; channels: number; sampleRate: number; bitsPerSample: 8 | 16; dataBytes: number }): Uint8Array {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  const text = (at: number, name: string): void => header.set(Array.from(name, (letter) => letter.charCodeAt(0)), at);
  const frameBytes = (channels * bitsPerSample) / 8;
  text(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, bitsPerSample, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}
