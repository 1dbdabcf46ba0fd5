import assert from 'node:assert/strict';
import { brake, type Vanishing } from '../../../../server/sync/brake.ts';

const quiet: Vanishing = { known: 10, vanished: 0, hasCause: false, witness: 'seen', most: 5 };

describe('the brake', () => {
  const cases: [name: string, facts: Partial<Vanishing>, held: ReturnType<typeof brake>][] = [
    ['nothing vanished', {}, null],
    ['a few vanished, the rest is there', { vanished: 3 }, null],
    ['all vanished, and nothing else of the system is there', { vanished: 10, witness: 'not-seen' }, 'emptied'],
    ['all vanished, and nothing else is there: a phone in the box is no proof of a disk', { vanished: 10, witness: 'not-seen', hasCause: true }, 'emptied'],
    ['the only message of the only box vanished', { known: 1, vanished: 1, witness: 'none-known' }, 'emptied'],
    ['the only message of the only box vanished, and a phone was there', { known: 1, vanished: 1, witness: 'none-known', hasCause: true }, null],
    ['the only message vanished, other boxes are there', { known: 1, vanished: 1 }, null],
    ['many vanished without a cause', { vanished: 6 }, 'too-many'],
    ['many vanished, and a phone was there', { vanished: 6, hasCause: true }, null],
    ['as many as may', { vanished: 5 }, null],
  ];
  for (const [name, facts, held] of cases) it(`${name}: ${held ?? 'believed'}`, () => assert.equal(brake({ ...quiet, ...facts }), held));
});
