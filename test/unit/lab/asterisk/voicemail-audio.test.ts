import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { type AudioFormat, encodings, record } from '../../../../lab/asterisk/voicemail/audio/formats.ts';

/** The part of the decoder that is used: a WAV of any codec becomes 16-bit PCM. */
interface Wav { fromBuffer(bytes: Uint8Array): void; fromMuLaw(): void; fromALaw(): void; fromIMAADPCM(): void; getSamples(interleaved: boolean, type: typeof Int16Array): Int16Array }
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

  for (const [format, decode] of [['wav-ulaw', (wav: Wav) => wav.fromMuLaw()], ['wav-alaw', (wav: Wav) => wav.fromALaw()], ['wav-adpcm', (wav: Wav) => wav.fromIMAADPCM()]] as const) {
    it(`${format}: a decoder of somebody else hears the same sound`, () => {
      assert.ok(difference(pcm, samples(format, decode)) < 0.02);
    });
  }

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
