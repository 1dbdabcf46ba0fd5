import assert from 'node:assert/strict';
import { findClockReaders } from './rules/clock.ts';
import { assertNone, readTree } from './rules/source-tree.ts';

function uses(text: string, path = 'server/features/conference/a.ts'): string {
  return findClockReaders([{ path, text }]).map((one) => one.message).join();
}

describe('house: time is an argument', () => {
  it('nobody in server/ and lab/ looks at the machine’s clock', () => assertNone(findClockReaders(readTree())));

  it('finds every way to look at it', () => {
    for (const text of [
      'const now = Date.now();',
      'const now = new Date();',
      'setTimeout(f, 5);',
      'globalThis.setInterval(f, 5);',
      'performance.now()',
      'process.hrtime.bigint()',
      'AbortSignal.timeout(5)',
      'DateTime.now()',
      "import { setTimeout as wait } from 'node:timers/promises';",
      "import timers from 'timers';",
      'await sql`update work set due_at = now()`',
      "query('select CURRENT_TIMESTAMP')",
      "raw('clock_timestamp()')",
    ]) {
      assert.match(uses(text), /take a Clock/, text);
      assert.match(uses(text, 'lab/graph/a.ts'), /take a Clock/, text);
    }
  });

  it('leaves alone what only converts an instant, comments, names of our own, and the clocks themselves', () => {
    for (const text of [
      'new Date(clock.now()).toISOString()',
      'const at = `seen at ${clock.now()}`;',
      '// Date.now() is forbidden',
      'const setTimeouts = 3;',
      'DateTime.fromMillis(now)',
      "const column = 'known_at';",
    ]) {
      assert.equal(uses(text), '', text);
    }
    for (const path of ['server/ports/clock.ts', 'lab/clock.ts', 'lab/outlook/browser/page.ts', 'addin/taskpane/a.tsx']) {
      assert.equal(uses('setTimeout(f, Date.now())', path), '', path);
    }
  });
});
