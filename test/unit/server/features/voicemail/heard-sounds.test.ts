import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../lab/clock.ts';
import { createHeardSounds } from '../../../../../server/features/voicemail/heard-sounds.ts';

describe('recordings that are being heard', () => {
  it('are kept by what was heard last, within their limit; what is none yet or could not be read is asked for again', async () => {
    const clock = createLabClock({ startAt: 0, paused: true });
    const reads: string[] = [];
    let isAway = false;
    const sounds = createHeardSounds({ clock, journal: { async audio(_tenant, pairId) {
      reads.push(pairId);
      if (isAway) throw new Error('the database is away');
      return pairId === 'none' ? null : { contentType: 'audio/wav', bytes: new Uint8Array(Number(pairId)) };
    } } }, 100);
    for (const id of ['40', '50', '40', '60', '40', '50']) assert.equal((await sounds.of('t', id))?.bytes.length, Number(id));
    assert.deepEqual(reads, ['40', '50', '60', '50'], '60 puts out 50, which was not heard for longest; 50 is read again');
    reads.length = 0;
    assert.deepEqual([await sounds.of('t', '400'), await sounds.of('t', '400')].map((each) => each?.bytes.length), [400, 400]);
    assert.deepEqual(reads, ['400', '400'], 'one that is larger than all of it is not kept');
    reads.length = 0;
    for (let left = 2; left > 0; left--) assert.equal(await sounds.of('t', 'none'), null);
    isAway = true;
    await assert.rejects(sounds.of('t', '7'), /away/);
    isAway = false;
    assert.equal((await sounds.of('t', '7'))?.bytes.length, 7);
    assert.deepEqual(reads, ['none', 'none', '7', '7']);
    clock.advance(2 * 60_000);
    await sounds.of('t', '7');
    assert.equal(reads.length, 5);
    clock.stop();
  });
});
