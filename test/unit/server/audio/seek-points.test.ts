import assert from 'node:assert/strict';
import { playableFile } from '../../../../server/audio/playable.ts';
import { createSeekShelf } from '../../../../server/audio/seek-points.ts';
import { readSound } from '../../../../server/audio/sound.ts';
import type { VoicemailAudio } from '../../../../server/domain/voicemail.ts';
import { labRecording } from '../../../support/audio.ts';

const seconds = 16;
const second = 16_000;

/** A part of the file as one request has it. `pieces`: those that had to be decoded for it, each half a second. */
function part(audio: VoicemailAudio, from: number, to: number, shelf = createSeekShelf()): { bytes: Buffer; pieces: number } {
  const pieces = [...playableFile(audio, readSound(audio, shelf)).read(from, to)].map((piece) => Buffer.from(piece));
  return { bytes: Buffer.concat(pieces), pieces: pieces.length };
}

describe('audio: a part in the middle of GSM speech', () => {
  for (const format of ['gsm', 'wav49'] as const) {
    it(`${format}: is to the byte that part of the whole, whatever was heard before`, () => {
      const audio = labRecording(format, seconds);
      const end = 44 + seconds * second;
      const whole = part(audio, 0, end).bytes;
      assert.equal(whole.length, end);
      const shelf = createSeekShelf();
      // Forwards, back, over a known place, just before and just behind one, into the header, the odd byte, the end.
      const places = [5 * second + 44, 10 * second + 44];
      const parts: [number, number][] = [[9 * second, 12 * second], [14 * second + 1, 15 * second], [3, 50], ...places.flatMap((at): [number, number][] => [[at - 3, at + 3], [at - 1, at], [at, at + 1], [at + 321, at + 323]]), [15 * second, end + 9], [0, end]];
      for (const [from, to] of parts) assert.ok(part(audio, from, to, shelf).bytes.equals(whole.subarray(from, to)), `${from}-${to}`);
    });
  }

  it('costs no more than five seconds of decoding once it was come by', () => {
    const audio = labRecording('wav49', seconds);
    const shelf = createSeekShelf();
    const [from, to] = [44 + 14 * second, 44 + 15 * second];
    assert.ok(part(audio, from, to, shelf).pieces > 28, 'the first time all before it is decoded');
    assert.ok(part(audio, from, to, shelf).pieces <= 12);
    assert.ok(part(audio, from, to, createSeekShelf()).pieces > 28, 'another shelf knows nothing of it');
  });

  it('never goes on from what another recording left behind, of the same length too', () => {
    const [one, other] = [labRecording('wav49', 12, 3), labRecording('wav49', 12, 4)];
    assert.equal(one.bytes.length, other.bytes.length);
    const shelf = createSeekShelf();
    const [from, to] = [44 + 11 * second, 44 + 12 * second];
    const alone = part(other, from, to).bytes;
    assert.ok(!part(one, from, to, shelf).bytes.equals(alone));
    assert.ok(part(other, from, to, shelf).bytes.equals(alone));
  });

  it('remembers no more than it may, and forgets what was not heard for the longest time', () => {
    const recordings = [3, 4, 5].map((seed) => labRecording('gsm', 12, seed));
    const [first, middle, third] = recordings as [VoicemailAudio, VoicemailAudio, VoicemailAudio];
    const hear = (audio: VoicemailAudio): number => part(audio, 44 + 11 * second, 44 + 12 * second, shelf).pieces;
    let shelf = createSeekShelf();
    hear(first);
    const ofOne = shelf.bytes();
    assert.ok(ofOne > 0 && ofOne < 2_000, `${ofOne} bytes for two places`);
    shelf = createSeekShelf(2 * ofOne);
    for (const audio of [first, middle, first, third]) hear(audio);
    assert.equal(shelf.bytes(), 2 * ofOne);
    assert.ok(hear(first) < 6, 'heard again, so it stayed');
    assert.ok(hear(middle) > 20, 'this one had to go');
    const small = createSeekShelf(ofOne - 1);
    for (const audio of recordings) {
      assert.ok(part(audio, 0, 44 + 12 * second, small).bytes.length > 0);
      assert.ok(small.bytes() < ofOne);
    }
  });
});
