import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { TestNews } from '../../../run/mocha-reporter.ts';
import { count, sum } from '../../../run/tally.ts';

const file = resolve('test/unit/a.test.ts');
const files = ['test/unit/a.test.ts', 'test/unit/b.test.ts'];
const passed: TestNews = { type: 'passed', title: 'good', file, tookMs: 1 };
const end: TestNews = { type: 'end' };

describe('the count of npm test', () => {
  it('counts what passed and what failed, and shows the failure', () => {
    const tally = count([passed, { type: 'failed', title: 'bad', file, error: 'Error: 1 !== 2' }, end], { code: 1, endedAfterSeconds: null, files });
    assert.equal(tally.passed, 1);
    assert.equal(tally.failed, 1);
    assert.match(tally.failures[0] ?? '', /^bad\n {4}Error: 1 !== 2$/);
  });

  it('takes a test that was not run for a failure', () => {
    const tally = count([passed, { type: 'idle', title: 'later', file }, end], { code: 0, endedAfterSeconds: null, files });
    assert.equal(tally.failed, 1);
    assert.match(tally.failures[0] ?? '', /later\n.*was not run/);
  });

  it('takes a run without tests for a failure', () => {
    assert.deepEqual(count([end], { code: 0, endedAfterSeconds: null, files }).failures, ['no test ran']);
  });

  it('takes a process that died, or ended badly, for a failure', () => {
    assert.match(count([passed], { code: null, endedAfterSeconds: null, files }).failures.join(), /a signal before all tests had run/);
    assert.match(count([], { code: 1, endedAfterSeconds: null, files }).failures.join(), /1 before all tests had run/);
    assert.match(count([passed, end], { code: 7, endedAfterSeconds: null, files }).failures.join(), /7 although no test failed/);
  });

  it('names the test that hangs, or the files that were not done, and keeps what passed before', () => {
    const hanging = count([passed, { type: 'started', title: 'waits for ever', file }], { code: null, endedAfterSeconds: 240, files });
    assert.equal(hanging.passed, 1);
    assert.match(hanging.failures.join(), /ended after 240 s .*\n {4}waits for ever$/);
    assert.match(count([passed], { code: null, endedAfterSeconds: 240, files }).failures.join(), /\n {4}test\/unit\/b\.test\.ts$/);
  });

  it('tells a process that left something open from one that hangs', () => {
    assert.match(count([passed, end], { code: null, endedAfterSeconds: 240, files }).failures.join(), /left open/);
  });

  it('names the five slowest', () => {
    const news = [3, 9, 1, 7, 5, 8].map((tookMs): TestNews => ({ type: 'passed', title: `took ${tookMs}`, file, tookMs }));
    const { slowest } = count([...news, end], { code: 0, endedAfterSeconds: null, files });
    assert.deepEqual(slowest.map(({ tookMs }) => tookMs), [9, 8, 7, 5, 3]);
  });

  it('adds up', () => {
    const [fast, slow] = [{ title: 'fast', tookMs: 1 }, { title: 'slow', tookMs: 9 }];
    assert.deepEqual(sum([{ passed: 2, failed: 1, failures: ['a'], slowest: [fast] }, { passed: 3, failed: 0, failures: [], slowest: [slow] }]), {
      passed: 5, failed: 1, failures: ['a'], slowest: [slow, fast],
    });
  });
});
