import assert from 'node:assert/strict';
import fc from 'fast-check';
import { history, live, type History } from './voicemail/history.ts';
import { plants } from './voicemail/plants.ts';
import { liveSendOnly } from './voicemail/send-only.ts';
import { tell } from './voicemail/tell.ts';

async function told(each: History, lives: (each: History) => Promise<void> = live): Promise<void> {
  await lives(each).catch((cause: unknown) => {
    throw new Error(`${String(cause)} in: ${tell(each)}`, { cause });
  });
}

const histories = Number(process.env.TIELINE_VOICEMAIL_HISTORIES ?? (process.env.CI === undefined ? 2_000 : 10_000));

describe('promise 3: voicemail and mail agree on every path, and no voicemail is lost', () => {
  it(`in ${histories} random histories: two rounds after the last fault, without echo, nothing lost, nothing unheard deleted by us`, async function () {
    this.timeout(600_000);
    await fc.assert(fc.asyncProperty(history, (each) => told(each)), { numRuns: histories });
  });

  it(`in ${histories / 5} random histories where we may only send: each message is mailed, twice only where an answer was lost, and its box stays its owner's`, async function () {
    this.timeout(600_000);
    await fc.assert(fc.asyncProperty(history, (each) => told(each, liveSendOnly)), { numRuns: histories / 5 });
  });

  for (const [name, plant] of Object.entries(plants)) {
    it(`a planted mistake is found within 1,000 histories: ${name}`, async function () {
      this.timeout(120_000);
      const found = await fc.check(fc.asyncProperty(history, (each) => live(each, plant)), { numRuns: 1_000, endOnFailure: true });
      assert.equal(found.failed, true, `nothing was found in ${found.numRuns} histories`);
      console.log(`      after ${found.numRuns} (seed ${found.seed}): ${String(found.errorInstance)}`);
    });
  }
});
