import assert from 'node:assert/strict';
import { playableFile, type PlayableFile } from '../../../../server/audio/playable.ts';
import { readWav } from '../../../../server/audio/riff.ts';
import { readSound } from '../../../../server/audio/sound.ts';
import { waveformBars, waveformOf } from '../../../../server/audio/waveform.ts';
import { UserError } from '../../../../server/domain/errors.ts';
import type { VoicemailAudio } from '../../../../server/domain/voicemail.ts';
import { chunk, correlation, decoded, fixture, labFormats, labRecording, wavOf } from '../../../support/audio.ts';

const playable = (audio: VoicemailAudio): PlayableFile => playableFile(audio, readSound(audio));
const all = (file: PlayableFile, from = 0, to = file.length): Buffer => Buffer.concat([...file.read(from, to)]);

function peaks(audio: VoicemailAudio): number[] {
  const work = waveformOf(readSound(audio));
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function codeOf(audio: VoicemailAudio): string {
  try {
    readSound(audio);
  } catch (error) {
    if (error instanceof UserError && error.problem.remedy !== undefined) return error.problem.code;
    throw error;
  }
  return 'none';
}

describe('audio: the file that plays', () => {
  it('bytes that every browser plays stay as they are, to the last one', () => {
    for (const format of ['wav', 'wav-ulaw', 'wav-alaw'] as const) {
      const audio = labRecording(format, 1);
      assert.ok(all(playable(audio)).equals(audio.bytes), format);
    }
  });

  it('bare µ-law and A-law get a header and keep their bytes', () => {
    for (const [format, tag] of [['ulaw', 7], ['alaw', 6]] as const) {
      const audio = labRecording(format, 1);
      const wav = readWav(all(playable(audio)));
      assert.deepEqual([wav.tag, wav.sampleRate, wav.isWhole], [tag, 8_000, true]);
      assert.ok(Buffer.from(wav.data).equals(audio.bytes));
    }
  });

  it('everything else becomes PCM of 16 bits with the same samples', () => {
    for (const audio of [labRecording('wav49', 1), labRecording('gsm', 1), labRecording('wav-adpcm', 1), fixture('stereo-ms.wav')]) {
      const file = playable(audio);
      const bytes = all(file);
      assert.equal(bytes.length, file.length);
      const wav = readWav(bytes);
      assert.deepEqual([wav.tag, wav.bitsPerSample, wav.isWhole, wav.channels], [1, 16, true, readSound(audio).channels]);
      assert.deepEqual(decoded({ contentType: 'audio/wav', bytes }), decoded(audio));
    }
  });

  it('any part of it is that part of the whole, to the byte', () => {
    for (const audio of [...labFormats.map((format) => labRecording(format, 1)), fixture('stereo-ms.wav')]) {
      const file = playable(audio);
      const whole = all(file);
      for (const [from, to] of [[0, 1], [0, 44], [43, 47], [45, 46], [1_001, 9_002], [file.length - 1, file.length], [file.length - 3, file.length + 99]] as const) {
        assert.ok(all(file, from, to).equals(whole.subarray(from, to)), `${audio.contentType} ${from}-${to}`);
      }
    }
  });

  it('an hour of GSM is decoded piece by piece, with memory for one of them', function () {
    this.timeout(30_000);
    const second = labRecording('gsm', 1).bytes;
    const audio: VoicemailAudio = { contentType: 'audio/x-gsm', bytes: Buffer.concat(Array.from({ length: 3_600 }, () => second)) };
    const sound = readSound(audio);
    assert.equal(sound.durationSeconds, 3_600);
    const file = playableFile(audio, sound);
    assert.equal(file.length, 44 + 3_600 * 16_000);
    const fiveMinutes = 300 * 16_000;
    let largest = 0;
    let read = 0;
    for (const piece of file.read(0, fiveMinutes)) {
      largest = Math.max(largest, piece.length);
      read += piece.length;
    }
    assert.equal(read, fiveMinutes);
    assert.ok(largest <= 64 * 1024);
  });
});

describe('audio: the waveform', () => {
  it('has two hundred bars between 0 and 1, the loudest as loud as the sound', () => {
    for (const format of labFormats) {
      const bars = peaks(labRecording(format, 2));
      assert.equal(bars.length, waveformBars);
      assert.ok(bars.every((bar) => bar > 0 && bar <= 1), format);
    }
    const samples = decoded(labRecording('wav', 2));
    assert.ok(Math.abs(Math.max(...peaks(labRecording('wav', 2))) - Math.max(...samples.map(Math.abs)) / 32_768) < 0.001);
  });

  it('shows where it is silent, and of a sound shorter than its bars leaves the others empty', () => {
    const silence = Buffer.alloc(16_000);
    silence.writeInt16LE(-32_768, 8_000);
    const bars = peaks(wavOf({ tag: 1, bits: 16, data: silence }));
    assert.deepEqual([bars[100], bars.filter((bar) => bar === 0).length], [1, 199]);
    assert.equal(peaks(wavOf({ tag: 1, bits: 16, data: Buffer.from([0, 64, 0, 64]) })).filter((bar) => bar === 0.5).length, 2);
  });
});

describe('audio: files that are not as they should be', () => {
  it('nothing in it: said as such', () => {
    assert.equal(codeOf({ contentType: 'audio/wav', bytes: new Uint8Array() }), 'sound-empty');
    assert.equal(codeOf(wavOf({ tag: 1, bits: 16, data: new Uint8Array() })), 'sound-empty');
    assert.equal(codeOf(wavOf({ tag: 0x31, bits: 0, blockAlign: 65, data: new Uint8Array(20) })), 'sound-empty');
  });

  it('something else in it: said as such, and never decoded as noise', () => {
    const wrong: VoicemailAudio[] = [
      { contentType: 'audio/wav', bytes: Buffer.from('<html>no such recording</html>') },
      { contentType: 'audio/x-gsm', bytes: Buffer.from('<html>no such recording at all, sorry</html>') },
      { contentType: 'audio/wav', bytes: chunk('RIFF', Buffer.from('WAVE')) },
      { contentType: 'audio/wav', bytes: chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', Buffer.alloc(16)), chunk('data', Buffer.alloc(9))])) },
      wavOf({ tag: 0x55, bits: 0, data: Buffer.alloc(100) }),
      wavOf({ tag: 1, bits: 12, data: Buffer.alloc(100) }),
      wavOf({ tag: 1, bits: 16, channels: 9, data: Buffer.alloc(100) }),
      wavOf({ tag: 1, bits: 16, rate: 3, data: Buffer.alloc(100) }),
      wavOf({ tag: 0x31, bits: 0, channels: 2, blockAlign: 65, data: Buffer.alloc(650) }),
      wavOf({ tag: 0x11, bits: 4, blockAlign: 4, data: Buffer.alloc(100) }),
      wavOf({ tag: 2, bits: 4, blockAlign: 0, data: Buffer.alloc(100) }),
    ];
    for (const audio of wrong) assert.equal(codeOf(audio), 'sound-unreadable');
  });

  it('the tag decides: Microsoft\'s ADPCM under the name of a WAV is not read as IMA\'s', () => {
    const { bytes } = fixture('tone-ms.wav');
    const renamed = Buffer.from(bytes);
    renamed.writeUInt16LE(0x11, 20);
    const right = decoded(fixture('tone-ms.wav'));
    assert.equal(readSound(fixture('tone-ms.wav')).format, 'Microsoft ADPCM');
    assert.ok(correlation(decoded({ contentType: 'audio/wav', bytes: renamed }), right) < 0.5);
  });

  it('cut off: what is there is decoded, and it is said that it is not all', () => {
    for (const audio of [...labFormats.filter((format) => format !== 'ulaw' && format !== 'alaw').map((format) => labRecording(format, 4)), fixture('tone-ms.wav')]) {
      const whole = decoded(audio);
      for (const part of [0.9, 0.51, 0.33]) {
        const cut = { ...audio, bytes: audio.bytes.subarray(0, Math.floor(audio.bytes.length * part) | 1) };
        const sound = readSound(cut);
        assert.equal(sound.isWhole, false, `${sound.format} ${part}`);
        const samples = decoded(cut);
        assert.ok(samples.length > whole.length * part - 1_100 && samples.length < whole.length, `${sound.format}: ${samples.length} of ${whole.length}`);
        assert.deepEqual(samples, whole.subarray(0, samples.length), sound.format);
        const wav = readWav(all(playable(cut)));
        assert.equal(wav.isWhole, true, 'what we hand out has a right header');
      }
    }
  });

  it('a bare GSM file that goes wrong in the middle plays to there', () => {
    const audio = labRecording('gsm', 2);
    const broken = Buffer.from(audio.bytes);
    broken[50 * 33] = 0;
    const sound = readSound({ ...audio, bytes: broken });
    assert.deepEqual([sound.durationSeconds, sound.isWhole], [1, false]);
  });

  it('sizes that were never filled in, strange chunks and missing padding are taken as they come', () => {
    const data = labRecording('wav', 1).bytes.subarray(44);
    const expected = decoded(labRecording('wav', 1));
    for (const audio of [
      wavOf({ tag: 1, bits: 16, data, dataSize: 0 }), wavOf({ tag: 1, bits: 16, data, dataSize: 0xffff_ffff }),
      wavOf({ tag: 1, bits: 16, data, before: chunk('LIST', Buffer.from('INFOx')) }), wavOf({ tag: 1, bits: 16, data, before: chunk('LIST', Buffer.from('INFOx\0'), 5) }),
    ]) {
      assert.deepEqual(decoded(audio), expected);
      assert.equal(readSound(audio).isWhole, true);
      assert.deepEqual(decoded({ contentType: 'audio/wav', bytes: all(playable(audio)) }), expected);
    }
  });

  it('the long form of the header is read, and handed out in the short one', () => {
    const data = labRecording('wav', 1).bytes.subarray(44);
    const extra = Buffer.alloc(24);
    extra.writeUInt16LE(22, 0);
    extra.writeUInt16LE(1, 8);
    const audio = wavOf({ tag: 0xfffe, bits: 16, data, extra });
    assert.deepEqual(decoded(audio), decoded(labRecording('wav', 1)));
    assert.equal(all(playable(audio)).readUInt16LE(20), 1);
  });
});
