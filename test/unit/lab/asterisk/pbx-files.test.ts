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

  it('the hook for FreePBX asks the route that is delivered, and stops a call by what is dialed', async () => {
    const readme = await read('README.md');
    const hook = /\[macro-dialout-one-predial-hook\][^`]*/.exec(readme)?.[0] ?? '';
    const routing = lines(await read('routing.conf'));
    const [, context = '', variable = ''] = /Gosub\((tieline-[a-z]+),s,1\(\$\{DEXTEN\}\)\)[^]*"\$\{(\w+)\}" = "voicemail"\]\?Set\(DSTRING=Local\/s@tieline-not-now\/n\)/.exec(hook) ?? [];
    assert.ok(routing.includes(`[${context}]`), 'the context is there');
    assert.ok(routing.some((line) => line.includes(`Set(${variable}=ring)`)) && routing.some((line) => line.includes(`${variable}=\${IF(`)), 'it sets what the hook reads');
    assert.match(routing.at(-1) ?? '', /Return\(\)$/);
    assert.match(hook, /\[tieline-not-now\]\s+exten => s,1,Hangup\(20\)/);
    assert.doesNotMatch(hook, /DIALSTATUS/);
  });

  it('tells of a played message on every way: to its end, not there, hung up in the middle; and that the box is free', async () => {
    const steps = lines(await read('voicemail.conf'));
    const play = steps.slice(steps.indexOf('[tieline-play]'), steps.indexOf('[tieline-voicemail]'));
    const hangUp = play.findIndex((line) => line.startsWith('exten => h,'));
    for (const part of [play.slice(0, hangUp), play.slice(hangUp)]) {
      assert.equal(part.filter((line) => /UserEvent\(TielinePlayed,Box: .*,Id: .*,Call: \$\{UNIQUEID\},Status: /.test(line)).length, 1);
      assert.equal(part.filter((line) => line.includes('UserEvent(TielineVoicemail,State: out,')).length, 1);
    }
    const labels = play.flatMap((line) => /n\((\w+)\)/.exec(line)?.[1] ?? []);
    assert.deepEqual(play.flatMap((line) => /GotoIf\([^]*\?(\w+)\)/.exec(line)?.[1] ?? []), labels);
    assert.match(play[hangUp - 1] ?? '', /Hangup\(\)$/);
    const count = play.filter((line) => /^(exten|same) =>/.test(line)).length;
    assert.ok((await read('README.md')).includes(`with ${count} priorities`));
  });

  it('says that a call is in a box before it is, and waits long enough for a change to end', async () => {
    const steps = lines(await read('voicemail.conf'));
    const doorstep = steps.slice(steps.indexOf('[tieline-voicemail]'));
    const order = ['State: in', 'hangup_handler_push', 'Wait(0.3)', 'Return()'].map((word) => doorstep.findIndex((line) => line.includes(word)));
    assert.deepEqual(order, order.toSorted((left, right) => left - right));
    assert.ok(order.every((index) => index > 0));
  });
});
