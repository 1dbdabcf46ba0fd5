import assert from 'node:assert/strict';
import { inTheWayOf } from '../../../../../server/features/voicemail/in-the-way.ts';

const now = Date.parse('2026-11-28T10:00:00Z');
const box = { instance: 'pbx', handsOff: null, brake: null, parked: null, watchExpiresAt: null };

describe('what stands in the way of mail and voicemail being in step', () => {
  const said = (boxes: Parameters<typeof inTheWayOf>[0], mode: 'two-way' | 'notify-only' = 'two-way', away = ''): string[] => inTheWayOf(boxes, { mode }, (instance) => instance === away, now);

  it('is nothing while both sides are told of each other', () => {
    assert.deepEqual(said([]), []);
    assert.deepEqual(said([box, { ...box, watchExpiresAt: now + 1 }]), []);
  });

  it('is told each once: the phone system, what is held back, a mailbox that is gone, closed or no longer watched', () => {
    assert.deepEqual(said([box, box], 'two-way', 'pbx'), ['phone-away']);
    assert.deepEqual(said([{ ...box, brake: 'emptied' }, { ...box, parked: 'mailbox-gone' }]), ['held-back', 'mailbox-gone']);
    assert.deepEqual(said([{ ...box, parked: 'mailbox-refused', watchExpiresAt: now - 1 }]), ['mailbox-refused'], 'a closed one cannot be watched either');
    assert.deepEqual(said([{ ...box, watchExpiresAt: now }]), ['not-watched']);
  });

  it('is nothing of the mailbox where only notices are sent, and of a box that is left alone only that', () => {
    assert.deepEqual(said([{ ...box, parked: 'mailbox-gone', watchExpiresAt: now }], 'notify-only'), []);
    assert.deepEqual(said([{ ...box, handsOff: 'mails-by-itself', brake: 'emptied' }], 'two-way', 'pbx'), ['left-alone']);
  });
});
