import assert from 'node:assert/strict';
import { figureNames, refuseTwins, select } from '../../../bench/frame/discover.ts';
import { toRow, type Result } from '../../../bench/frame/figure.ts';
import { randomNumbers } from '../../../bench/frame/random.ts';
import { putIn } from '../../../bench/frame/published.ts';
import { resultsPage, screenTable, type Taken } from '../../../bench/frame/report.ts';
import { median, percentile } from '../../../bench/frame/statistics.ts';

const result: Result = { metric: 'p99', unit: 'ms', ours: 20, peer: 100, peerName: 'peer 1.0', better: 'lower', runs: 5 };
const taken: Taken = {
  id: 'a', title: 'A | B', rows: [toRow('a', result)], notes: ['seed 7'], seconds: 1.25, load: { before: 0.5, after: 1.5 }, error: null, on: '2026-11-21', machine: '2 × x',
};
const figure = { id: 'press-to-block', title: 'x', run: async () => [] };
const files = [{ name: 'press', figures: [figure, { ...figure, id: 'press-again' }] }, { name: 'other', figures: [{ ...figure, id: 'third' }] }];

describe('bench: the frame', () => {
  it('says how many times better we are, whichever way is better', () => {
    assert.equal(toRow('a', result).ratio, 5);
    assert.equal(toRow('a', { ...result, better: 'higher' }).ratio, 0.2);
  });

  it('claims nothing where there is nobody to compare with, or nothing was measured', () => {
    assert.equal(toRow('a', { ...result, peer: null, peerName: null }).ratio, null);
    assert.equal(toRow('a', { ...result, ours: 0 }).ratio, null);
    assert.equal(toRow('a', { ...result, peer: 0, ours: 0 }).ratio, null);
  });

  it('prints exactly the promised fields as JSON', () => {
    assert.deepEqual(Object.keys(toRow('a', result)), ['id', 'metric', 'unit', 'ours', 'peer', 'peerName', 'ratio', 'runs']);
  });

  it('finds every file of figures, and refuses two of one name', async () => {
    const names = await figureNames();
    assert.ok(names.includes('block-engine'));
    assert.ok(!names.includes('run'));
    refuseTwins(files);
    assert.throws(() => refuseTwins([...files, { name: 'twin', figures: [figure] }]), /two figures are called press-to-block/);
  });

  it('takes figures by file and by id, and refuses a name that is not there', () => {
    assert.deepEqual(select(files, []).map(({ id }) => id), ['press-to-block', 'press-again', 'third']);
    assert.deepEqual(select(files, ['press']).map(({ id }) => id), ['press-to-block', 'press-again']);
    assert.deepEqual(select(files, ['press-again', 'third']).map(({ id }) => id), ['press-again', 'third']);
    assert.throws(() => select(files, ['pres']), /no figure "pres"; there are: press-to-block, press-again, third/);
  });

  it('gives percentiles that were measured', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    assert.equal(percentile(values, 0.99), 198);
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(percentile([7], 0.01), 7);
    assert.ok(Number.isNaN(median([])));
  });

  it('makes the same world on every machine', () => {
    const random = randomNumbers(1);
    assert.deepEqual([random(), random()].map((value) => value.toFixed(6)), ['0.627074', '0.002736']);
  });

  it('publishes machine, load and failures beside the numbers', () => {
    const page = resultsPage([taken, { ...taken, id: 'b', rows: [], error: 'no bridge', machine: 'another' }]);
    assert.match(page, /Machine 1: 2 × x\.\nMachine 2: another\./);
    assert.match(page, /\| a \| p99 \| 20 \| 100 \| ms \| 5× \| 5 \| peer 1\.0 \|/);
    assert.match(page, /\| a \| A \\\| B \| 2026-11-21 \| 1 \| 1\.3 s \| 0\.5 \| 1\.5 \|/);
    assert.match(page, /b \| A \\\| B: failed, no bridge \| 2026-11-21 \| 2/);
    assert.match(page, /- a: seed 7/);
    assert.match(screenTable(taken.rows), /p99 +20 +100 +ms +5×/);
  });

  it('puts a figure into the place of its former self, and keeps nothing of figures that are no more', () => {
    const published = ['c', 'a', 'gone'].map((id) => ({ ...taken, id }));
    assert.deepEqual(putIn(published, { ...taken, id: 'a', on: '2026-12-01' }, ['a', 'b', 'c']).map(({ id, on }) => `${id} ${on}`), ['a 2026-12-01', 'c 2026-11-21']);
  });
});
