/** The fields of a WAV's `fmt ` chunk that differ between codecs (Microsoft's Multimedia Registration Kit). One channel, 8000 samples per second. */
export interface WavFormat {
  /** 1 PCM, 6 A-law, 7 µ-law, 0x11 IMA ADPCM, 0x31 GSM 6.10. */
  tag: number;
  bitsPerSample: number;
  blockAlign: number;
  byteRate: number;
  /** Samples in one block, for codecs that have blocks. */
  samplesPerBlock?: number;
  /** Number of samples, for the `fact` chunk that everything but PCM needs. */
  samples?: number;
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A RIFF WAVE file around encoded audio. */
export function wavFile({ tag, bitsPerSample, blockAlign, byteRate, samplesPerBlock, samples }: WavFormat, data: Buffer): Buffer {
  const extra = samplesPerBlock === undefined ? (tag === 1 ? 0 : 2) : 4;
  const format = Buffer.alloc(16 + extra);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(8000, 4);
  format.writeUInt32LE(byteRate, 8);
  format.writeUInt16LE(blockAlign, 12);
  format.writeUInt16LE(bitsPerSample, 14);
  if (samplesPerBlock !== undefined) {
    format.writeUInt16LE(2, 16);
    format.writeUInt16LE(samplesPerBlock, 18);
  }
  const parts = [Buffer.from('WAVE', 'latin1'), chunk('fmt ', format)];
  if (samples !== undefined) {
    const fact = Buffer.alloc(4);
    fact.writeUInt32LE(Math.round(samples), 0);
    parts.push(chunk('fact', fact));
  }
  parts.push(chunk('data', data));
  return chunk('RIFF', Buffer.concat(parts));
}
