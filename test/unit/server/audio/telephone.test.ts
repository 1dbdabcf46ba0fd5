import assert from 'node:assert/strict';
import { readSound } from '../../../../server/audio/sound.ts';
import { telephoneWav } from '../../../../server/audio/telephone.ts';
import { headerBytes, wavHeader } from '../../../../server/audio/wav-header.ts';

/** One second of a tone. */
function tone(hertz: number, sampleRate: number, channels = 1): Buffer {
  const data = Buffer.alloc(sampleRate * 2 * channels);
  for (let frame = 0; frame < sampleRate; frame++) {
    for (let channel = 0; channel < channels; channel++) data.writeInt16LE(Math.round(10_000 * Math.sin((2 * Math.PI * hertz * frame) / sampleRate)), (frame * channels + channel) * 2);
  }
  return Buffer.concat([wavHeader({ tag: 1, channels, sampleRate, bitsPerSample: 16, dataBytes: data.length }), data]);
}

/** Its loudness, as the root of the mean square, without the edges. */
function loudness(wav: Uint8Array): number {
  const view = new DataView(wav.buffer, wav.byteOffset + headerBytes);
  let sum = 0;
  for (let index = 400; index < 7_600; index++) sum += view.getInt16(index * 2, true) ** 2;
  return Math.sqrt(sum / 7_200);
}

function telephone(bytes: Buffer): Uint8Array {
  return telephoneWav(readSound({ bytes, contentType: 'audio/wav' }));
}

describe('a recording for telephones', () => {
  it('is 16 bits at 8 kHz on one channel, as long as before, from what voices give', () => {
    for (const [rate, channels] of [[22_050, 1], [44_100, 2], [16_000, 1], [8_000, 1]] as const) {
      const sound = readSound({ bytes: Buffer.from(telephone(tone(1_000, rate, channels))), contentType: 'audio/wav' });
      assert.deepEqual([sound.format, sound.sampleRate, sound.channels, sound.durationSeconds, sound.isWhole], ['PCM 16 bit', 8_000, 1, 1, true], String(rate));
    }
  });

  it('keeps what telephones carry, and lets nothing above it come back as noise', () => {
    const full = 10_000 / Math.SQRT2;
    assert.ok(Math.abs(loudness(telephone(tone(1_000, 22_050))) / full - 1) < 0.02);
    assert.ok(Math.abs(loudness(telephone(tone(3_000, 22_050))) / full - 1) < 0.1);
    for (const hertz of [4_600, 6_000, 9_000]) assert.ok(loudness(telephone(tone(hertz, 22_050))) < full / 50, String(hertz));
  });
});
