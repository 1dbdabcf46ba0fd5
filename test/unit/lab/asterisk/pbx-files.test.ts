import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

function read(name: string): Promise<string> {
  return readFile(new URL(`../../../../pbx/asterisk/${name}`, import.meta.url), 'utf8');
}

/** Lines that are not comments. */
function lines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/;.*$/, '').trim()).filter(Boolean);
}

describe('what an administrator lays into Asterisk', () => {
  it('carries no secret, and lets nobody in before one is chosen', async () => {
    assert.equal(lines(await read('manager.d/tieline.conf')).some((line) => line.startsWith('secret')), false);
    for (const name of ['tieline.conf', 'confbridge.d/tieline.conf']) assert.doesNotMatch(lines(await read(name)).join('\n'), /secret|password|\bpin\b/i);
  });

  it('asks for the least classes', async () => {
    const user = lines(await read('manager.d/tieline.conf'));
    assert.deepEqual(user.filter((line) => /^(read|write|deny) =/.test(line)), ['deny = 0.0.0.0/0.0.0.0', 'read = call,system', 'write = call,reporting']);
  });

  it('jumps only to labels that exist, and ends every way with a hang-up', async () => {
    const steps = lines(await read('tieline.conf')).filter((line) => /^(exten|same) =>/.test(line));
    const labels = steps.flatMap((line) => /n\((\w+)\)/.exec(line)?.[1] ?? []);
    const jumps = steps.flatMap((line) => /GotoIf\([^]*\?(\w+)\)/.exec(line)?.[1] ?? []);
    assert.deepEqual(jumps, ['away']);
    assert.ok(jumps.every((label) => labels.includes(label)));
    assert.match(steps.at(-1) ?? '', /Hangup\(\)$/);
    assert.match(steps[steps.findIndex((line) => line.includes('n(away)')) - 1] ?? '', /Hangup\(\)$/);
    assert.ok((await read('README.md')).includes(`lists ${steps.length} steps`));
  });

  it('never leads into a room by itself', async () => {
    assert.doesNotMatch(lines(await read('tieline.conf')).join('\n'), /ConfBridge/i);
  });
});
