import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { type AudioFormat, encodings, record } from '../../../../lab/asterisk/voicemail/audio/formats.ts';

/** The part of the decoder that is used: a WAV of any codec becomes 16-bit PCM. */
interface Wav { fromBuffer(bytes: Uint8Array): void; fromMuLaw(): void; fromALaw(): void; getSamples(interleaved: boolean, type: typeof Int16Array): Int16Array }
const { WaveFile } = createRequire(import.meta.url)('wavefile') as { WaveFile: new () => Wav };

function samples(format: AudioFormat, decode: (wav: Wav) => void): number[] {
  const wav = new WaveFile();
  wav.fromBuffer(record(format, 2, 3).content);
  decode(wav);
  return Array.from(wav.getSamples(false, Int16Array));
}

/** Root mean square of the difference, of full scale. */
function difference(left: readonly number[], right: readonly number[]): number {
  const squares = left.map((each, index) => (each - (right[index] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / left.length) / 32_768;
}

describe('lab Asterisk: recordings are real audio', () => {
  const pcm = samples('wav', () => undefined);

  it('PCM: two seconds at 8 kHz, and not silence', () => {
    assert.equal(pcm.length, 16_000);
    assert.ok(difference(pcm, pcm.map(() => 0)) > 0.05);
  });

  for (const [format, decode] of [['wav-ulaw', (wav: Wav) => wav.fromMuLaw()], ['wav-alaw', (wav: Wav) => wav.fromALaw()]] as const) {
    it(`${format}: a decoder of somebody else hears the same sound`, () => {
      assert.ok(difference(pcm, samples(format, decode)) < 0.02);
    });
  }

  it('wav-adpcm: blocks of 505 samples, whose first is exact and whose differences follow the sound', () => {
    const { content } = record('wav-adpcm', 2, 3);
    assert.deepEqual([content.readUInt16LE(20), content.readUInt16LE(32), content.readUInt16LE(38)], [0x11, 256, 505]);
    const data = content.indexOf('data') + 8;
    assert.equal(content.length - data, Math.ceil(16_000 / 505) * 256);
    for (let block = 0; block < 31; block += 1) {
      assert.equal(content.readInt16LE(data + block * 256), pcm[block * 505]);
      // A nibble's highest bit says whether the sound falls: most of them agree with the samples.
      const agree = Array.from({ length: 504 }, (_, index) => {
        const code = (content.readUInt8(data + block * 256 + 4 + (index >> 1)) >> (index % 2 === 0 ? 0 : 4)) & 15;
        const at = block * 505 + index;
        return (code >= 8) === ((pcm[at + 1] ?? 0) < (pcm[at] ?? 0));
      }).filter(Boolean).length;
      assert.ok(block === 0 || agree > 350, `${agree} of 504 in block ${block}`);
    }
  });

  it('bare µ-law and A-law are one byte per sample', () => {
    for (const format of ['ulaw', 'alaw'] as const) assert.equal(record(format, 2, 3).content.length, 16_000);
  });

  it('GSM: fifty frames per second, signed, and in a WAV two of them in 65 bytes', () => {
    const bare = record('gsm', 2, 3).content;
    assert.equal(bare.length, 100 * 33);
    assert.ok(Array.from({ length: 100 }, (_, frame) => bare.readUInt8(frame * 33) >> 4).every((signature) => signature === 0xd));
    const wav = record('wav49', 2, 3).content;
    assert.equal(wav.readUInt16LE(20), 0x31);
    assert.equal(wav.length - 60, 50 * 65);
  });

  it('the same seed gives the same bytes, another seed others', () => {
    for (const format of Object.keys(encodings) as AudioFormat[]) {
      assert.deepEqual(record(format, 1, 1), record(format, 1, 1));
      assert.notDeepEqual(record(format, 1, 1), record(format, 1, 2));
    }
  });
});
