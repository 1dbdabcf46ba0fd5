import assert from 'node:assert/strict';
import { createEar } from '../../../../../server/features/availability/phone/ear.ts';

describe('what phones say', () => {
  it('is put to work in order, the newest word about each last, and a flapping phone costs no more than the work takes', async () => {
    const done: string[] = [];
    const gates: (() => void)[] = [];
    const hear = createEar<string>((word) => word.slice(0, 3), async (word) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      done.push(word);
    }, () => assert.fail('nothing fails here'));
    hear('201 busy');
    for (let n = 0; n < 100; n++) hear(`202 ${n}`);
    hear('201 free');
    while (done.length < 3) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(done, ['201 busy', '202 99', '201 free']);
  });

  it('goes on after a failure, which is told', async () => {
    const told: string[] = [];
    const hear = createEar<string>((word) => word, async (word) => (word === 'bad' ? Promise.reject(new Error('no')) : void told.push(word)), (word) => void told.push(`failed ${word}`));
    hear('bad');
    hear('good');
    while (told.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told, ['failed bad', 'good']);
  });
});
