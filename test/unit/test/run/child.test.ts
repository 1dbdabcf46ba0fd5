import assert from 'node:assert/strict';
import { runNode } from '../../../run/child.ts';

/** Starts a grandchild that holds the output open for ever; `stay` makes the child run for ever as well. */
const parent = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  if (process.argv[1] === 'stay') setInterval(() => {}, 1000); else child.unref();
`;

// The output ends only when nobody holds it any more: that a run resolves is the proof that the grandchild is gone.
describe('a process that npm test starts', () => {
  it('takes its children with it when it is too slow', async () => {
    const result = await runNode(['-e', parent, 'stay'], { env: {}, limitSeconds: 0.5 });
    assert.equal(result.isEndedByUs, true);
  });

  it('takes its children with it when it ends by itself', async () => {
    const result = await runNode(['-e', parent, 'go'], { env: {}, limitSeconds: 3600 });
    assert.equal(result.isEndedByUs, false);
    assert.equal(result.code, 0);
  });

  it('gets the environment, and no standard input', async () => {
    const script = "process.stdin.on('end', () => console.log(process.env.TIELINE_PROBE)).resume()";
    const result = await runNode(['-e', script], { env: { TIELINE_PROBE: 'here' }, limitSeconds: 30 });
    assert.equal(result.output.trim(), 'here');
  });

  it('may be given less time by what it says', async () => {
    const script = "process.send('done'); setInterval(() => {}, 1000)";
    const result = await runNode(['-e', script], { env: {}, limitSeconds: 60, onMessage: () => 0.05 });
    assert.equal(result.isEndedByUs, true);
  });
});
