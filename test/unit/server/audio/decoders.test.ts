import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { AudioFormat } from '../../../../lab/asterisk/voicemail/audio/formats.ts';
import { tone } from '../../../../lab/asterisk/voicemail/audio/tone.ts';
import { readSound } from '../../../../server/audio/sound.ts';
import { correlation, decoded, fixture, labFormats, labRecording, samplesOf, wavOf } from '../../../support/audio.ts';

/** Somebody else's decoder of what it does right. */
interface Wav { fromBuffer(bytes: Uint8Array): void; fromMuLaw(): void; fromALaw(): void; getSamples(interleaved: boolean, type: typeof Int16Array): Int16Array }
const { WaveFile } = createRequire(import.meta.url)('wavefile') as { WaveFile: new () => Wav };

function digest(samples: Int16Array): string {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
  return createHash('sha256').update(bytes).digest('hex');
}

describe('audio: decoders', () => {
  // SHA-256 of what sox 14.4.2 decodes from the same bytes (16-bit little-endian).
  const bySox: Record<string, string> = {
    'tone.gsm': '739f68846b891e02ba67e4d53615e58ef30619fbece2bd3bf2a735fe2908aae5', 'tone-wav49.wav': '739f68846b891e02ba67e4d53615e58ef30619fbece2bd3bf2a735fe2908aae5',
    'tone-ms.wav': '84c7b78d0fda00ed2323d45431196d54d235d3b4cbfc99b0deb91a79ca989f0d', 'stereo-ms.wav': 'dbbf137e467bc42e950d9f7703b5bb32a9246e96a3ccbd027da4fcfa9f3e511c',
  };
  for (const [name, expected] of Object.entries(bySox)) {
    it(`${name}: every sample is the one that another decoder gives`, () => {
      assert.equal(digest(decoded(fixture(name))), expected);
    });
  }

  for (const name of ['tone.gsm', 'tone-wav49.wav', 'tone-ms.wav']) {
    it(`${name}: what another encoder made of a tone is that tone`, () => {
      const sound = readSound(fixture(name));
      assert.deepEqual([sound.durationSeconds, sound.isWhole, sound.channels, sound.sampleRate], [1, true, 1, 8_000]);
      assert.ok(correlation(samplesOf(sound), tone(1, 3)) > 0.9);
    });
  }

  it('the lab\'s own GSM frames, bare and in a WAV, decode to what another decoder gives', () => {
    for (const format of ['gsm', 'wav49'] as const) assert.equal(digest(decoded(labRecording(format, 3, 5))), '89057b152795e2d753393ef8b642d68246ea32ac38c31b73b485271d53a2be0f');
  });

  const original = decoded(labRecording('wav', 2));
  for (const format of ['wav', 'ulaw', 'alaw', 'wav-ulaw', 'wav-alaw', 'wav-adpcm'] as const) {
    it(`${format}: sounds like the samples it was made of`, () => {
      const samples = decoded(labRecording(format, 2));
      assert.equal(samples.length, 16_000);
      assert.ok(correlation(samples, original) > 0.98);
    });
  }

  for (const [format, decode] of [['wav-ulaw', (wav: Wav) => wav.fromMuLaw()], ['wav-alaw', (wav: Wav) => wav.fromALaw()]] as const) {
    it(`${format}: agrees with wavefile`, () => {
      const wav = new WaveFile();
      const { bytes } = labRecording(format, 2);
      wav.fromBuffer(bytes);
      decode(wav);
      assert.ok(correlation(decoded({ contentType: 'audio/wav', bytes }), Int16Array.from(wav.getSamples(false, Int16Array))) > 0.999);
    });
  }

  it('the two laws reach their ends: G.711\'s loudest and softest values', () => {
    const law = (tag: number, ...bytes: number[]): number[] => [...decoded(wavOf({ tag, bits: 8, data: Uint8Array.from(bytes) }))];
    assert.deepEqual(law(7, 0x00, 0x80, 0xff, 0x7f), [-32_124, 32_124, 0, 0]);
    assert.deepEqual(law(6, 0x2a, 0xaa, 0xd5, 0x55), [-32_256, 32_256, 8, -8]);
  });

  it('PCM of every width keeps its upper sixteen bits; floating point is clipped', () => {
    const bytes = Buffer.alloc(12);
    bytes.writeInt32LE(0x1234_5678, 0);
    bytes.writeInt32LE(-0x1234_5678, 4);
    assert.deepEqual([...decoded(wavOf({ tag: 1, bits: 32, data: bytes.subarray(0, 8) }))], [0x1234, -0x1235]);
    assert.deepEqual([...decoded(wavOf({ tag: 1, bits: 24, data: bytes.subarray(1, 4) }))], [0x1234]);
    assert.deepEqual([...decoded(wavOf({ tag: 1, bits: 8, data: Uint8Array.of(0, 128, 255) }))], [-32_768, 0, 32_512]);
    bytes.writeFloatLE(0.5, 0);
    bytes.writeFloatLE(7, 4);
    bytes.writeFloatLE(Number.NaN, 8);
    assert.deepEqual([...decoded(wavOf({ tag: 3, bits: 32, data: bytes }))], [16_384, 32_767, 0]);
  });

  it('a sound read from the middle is the end of the sound read from the beginning', () => {
    for (const format of labFormats) {
      const sound = readSound(labRecording(format, 1));
      const all = samplesOf(sound);
      assert.equal(all.length, sound.codec.frames, format);
      for (const from of [1, 505, 4_001, 7_999]) assert.deepEqual(samplesOf(sound, from), all.subarray(from), `${format} from ${from}`);
    }
    const stereo = readSound(fixture('stereo-ms.wav'));
    assert.deepEqual(samplesOf(stereo, 501), samplesOf(stereo).subarray(1_002));
  });

  it('what it was stored as is named', () => {
    const names = Object.fromEntries(labFormats.map((format: AudioFormat) => [format, readSound(labRecording(format, 1)).format]));
    assert.deepEqual(names, {
      wav: 'PCM 16 bit', wav49: 'GSM 6.10', gsm: 'GSM 6.10', ulaw: 'µ-law', alaw: 'A-law', 'wav-ulaw': 'µ-law', 'wav-alaw': 'A-law', 'wav-adpcm': 'IMA ADPCM',
    });
  });
});
