import assert from 'node:assert/strict';
import { lanesOf } from '../../../../server/wiring/lanes.ts';

describe('lanes of the work table', () => {
  it('every kind of work has one worker, and what waits for others has its own', () => {
    const does = async (): Promise<void> => undefined;
    const lanes = lanesOf({ 'conference.apply': does, 'voicemail.sync': does, 'voicemail.boxes': does, 'calendar.sweep': does });
    assert.deepEqual(lanes.map(({ handlers }) => Object.keys(handlers)), [['conference.apply', 'voicemail.boxes'], ['calendar.sweep'], ['voicemail.sync']]);
    assert.deepEqual(lanesOf({ 'conference.apply': does }).map(({ handlers }) => Object.keys(handlers)), [['conference.apply']]);
  });
});
