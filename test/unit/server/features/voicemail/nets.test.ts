import assert from 'node:assert/strict';
import { comparePause, freshLookAt } from '../../../../../server/features/voicemail/round/nets.ts';

const now = Date.UTC(2026, 10, 21, 9);
const second = 1_000;
const hour = 3_600_000;
const waiting = { state: 'paired', voicemail: 'unheard', mail: { isRead: false, place: 'inbox' }, leftAt: now } as const;

describe('voicemail: when we look without having been told', () => {
  it('a comparison of all boxes comes every 15 seconds, and never takes more than a twentieth of the phone system', () => {
    assert.deepEqual([0, 700, 2_000, 60_000].map(comparePause), [15_000, 15_000, 40_000, 300_000]);
  });

  it('the youngest message that waits decides: soon at first, ever later, and no more after six hours', () => {
    assert.equal(freshLookAt([waiting], now), now + 15 * second);
    assert.equal(freshLookAt([waiting, { ...waiting, leftAt: now - hour }], now), now + 15 * second);
    assert.equal(freshLookAt([{ ...waiting, leftAt: now - hour }], now), now + hour / 4);
    assert.equal(freshLookAt([{ ...waiting, leftAt: now - 6 * hour }], now), Infinity);
  });

  it('nobody waits for what was heard, has no mail, or lies where we cannot look', () => {
    assert.equal(freshLookAt([{ ...waiting, voicemail: 'heard' }, { ...waiting, state: 'listed', mail: null }, { ...waiting, mail: 'missing' }], now), Infinity);
    assert.equal(freshLookAt([], now), Infinity);
  });

  it('all looks at one message that nobody hears are some thirty', () => {
    let looks = 0;
    for (let at = now; at !== Infinity; at = freshLookAt([waiting], at)) looks += 1;
    assert.ok(looks > 10 && looks < 40, `${looks}`);
  });
});
