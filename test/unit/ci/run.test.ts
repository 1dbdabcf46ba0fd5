import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What the programs around .ci/run do in a trial: each a line of shell. */
interface World {
  ci?: string;
  test?: string;
  real?: string;
  apt?: string;
  installed?: boolean;
}

/** Runs a copy of .ci/run where npm and apt-get are ours, and returns its last line and exit code. */
function run({ ci = 'exit 0', test = 'echo "3 passed, 0 failed"', real = 'echo "4 passed, 0 failed"', apt = 'exit 0', installed = true }: World): { last: string; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'tieline-ci-'));
  try {
    mkdirSync(join(folder, 'bin'));
    cpSync('.ci/run', join(folder, '.ci', 'run'));
    const programs = { npm: `case "$*" in ci) ${ci};; test) ${test};; "run test:real") ${real};; *) exit 9;; esac`, 'apt-get': apt, 'dpkg-query': `echo ${installed ? 'installed' : 'absent'}` };
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, 'bin', name), `#!/usr/bin/env bash\n${script}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
    const { stdout, status } = spawnSync(join(folder, '.ci', 'run'), { env, encoding: 'utf8' });
    return { last: stdout.trimEnd().split('\n').at(-1) ?? '', code: status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('.ci/run', () => {
  it('adds up both runs', () => assert.deepEqual(run({}), { last: '7 passed, 0 failed', code: 0 }));

  it('fails when a test fails', () => {
    assert.deepEqual(run({ real: 'echo "4 passed, 2 failed"; exit 1' }), { last: '7 passed, 2 failed', code: 1 });
  });

  it('fails when a run ends badly although it counts no failure, or counts nothing, or says nothing', () => {
    assert.deepEqual(run({ test: 'echo "3 passed, 0 failed"; exit 7' }), { last: '7 passed, 1 failed', code: 1 });
    assert.deepEqual(run({ test: 'echo "0 passed, 0 failed"' }), { last: '4 passed, 1 failed', code: 1 });
    assert.deepEqual(run({ test: 'echo "it broke"; exit 1' }), { last: '4 passed, 1 failed', code: 1 });
  });

  it('fails without running tests when the packages cannot be installed', () => {
    assert.deepEqual(run({ ci: 'exit 1' }), { last: '0 passed, 1 failed', code: 1 });
  });

  it('installs what is missing, and tells when that fails', () => {
    assert.deepEqual(run({ installed: false }), { last: '7 passed, 0 failed', code: 0 });
    assert.deepEqual(run({ installed: false, apt: 'exit 100' }), { last: '7 passed, 1 failed', code: 1 });
  });
});
