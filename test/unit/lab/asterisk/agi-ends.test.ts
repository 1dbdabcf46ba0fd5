import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { createLabClock } from '../../../../lab/clock.ts';
import { type AgiCall, type AgiService, createWorld, packets, serveAgi, type Wire, type World } from './support.ts';

const dead = '511 Command Not Permitted on a dead channel or intercept routine';
const away = ['im-sorry', 'please-try-call-later', 'vm-goodbye'];

describe('lab Asterisk: how a FastAGI conversation ends', () => {
  let world: World;
  let service: AgiService;
  let wire: Wire;
  afterEach(async () => {
    await world.close();
    await service.close();
  });

  /** Dials into the service and waits until the phone is free again. */
  async function call(script: (call: AgiCall) => Promise<void>): Promise<void> {
    let done: () => void;
    const finished = new Promise<void>((resolve) => (done = resolve));
    service = await serveAgi((each) => script(each).finally(() => done()));
    world = await createWorld({ agiUrl: () => service.url, clock: createLabClock({ paused: true }) });
    wire = await world.login('god', 'dialplan');
    world.pbx.phone('201').dial('8000');
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
    await finished;
  }

  async function status(): Promise<string | undefined> {
    await wire.until('Variable: AGISTATUS');
    await wire.until(/Variable: AGISTATUS\r\nValue: \w+\r\n\r\n/);
    return packets(wire.text, 'Event: VarSet').find(({ Variable: name }) => name === 'AGISTATUS')?.['Value'];
  }

  function sounds(): (string | undefined)[] {
    return world.pbx.phone('201').view().hears.map(({ sound }) => sound);
  }

  it('by HANGUP: the answer, then the word HANGUP; after that only what needs no caller', async () => {
    const said: (string | null)[] = [];
    await call(async (each) => {
      said.push(await each.command('ANSWER'), await each.command('HANGUP'), await each.next());
      for (const line of ['CHANNEL STATUS', 'STREAM FILE beep ""', 'GET DATA beep 100 2', 'HANGUP', 'SET VARIABLE X 1', 'GET VARIABLE X', 'EXEC NoOp x', 'EXEC Playback beep', 'VERBOSE x']) said.push(await each.command(line));
      each.close();
      said.push(await each.next());
    });
    assert.equal(await status(), 'HANGUP');
    assert.deepEqual(said, ['200 result=0', '200 result=1', 'HANGUP', dead, dead, dead, dead, '200 result=1', '200 result=1 (1)', '200 result=0', '200 result=0', '200 result=1', 'HANGUP']);
    assert.deepEqual(sounds(), []);
  });

  it('by the caller, in the middle of typing: -1, then HANGUP', async () => {
    const said: (string | null)[] = [];
    await call(async (each) => {
      const asked = each.command('GET DATA beep 30000 10');
      await world.pbx.until(() => world.pbx.phone('201').view().askedForDigits || undefined);
      world.pbx.phone('201').hangUp();
      said.push(await asked, await each.next(), await each.command('NOOP'));
      each.close();
    });
    assert.equal(await status(), 'HANGUP');
    assert.deepEqual(said, ['200 result=-1', 'HANGUP', '200 result=0']);
  });

  it('by the caller, while the service thinks: HANGUP on a line of its own', async () => {
    let said: string | null = '';
    await call(async (each) => {
      await each.command('ANSWER');
      world.pbx.phone('201').hangUp();
      said = await each.next();
      each.close();
    });
    assert.equal(said, 'HANGUP');
  });

  it('by a service that just closes: SUCCESS, and yet the caller hears that it is away', async () => {
    await call(async (each) => {
      await each.command('ANSWER');
      each.close();
    });
    assert.equal(await status(), 'SUCCESS');
    assert.deepEqual(sounds(), away);
  });

  it('by a service that says it is done: SUCCESS, and not another word', async () => {
    await call(async (each) => {
      await each.command('SET VARIABLE TIELINE_DONE 1');
      each.close();
    });
    assert.deepEqual(sounds(), []);
  });

  it('after a sound that is missing: FAILURE, although the rest went well', async () => {
    await call(async (each) => {
      await each.command('STREAM FILE nosuch ""');
      await each.command('STREAM FILE beep ""');
      each.close();
    });
    assert.equal(await status(), 'FAILURE');
  });

  it('with a service that nobody reaches: FAILURE at once, and the caller hears that it is away', async () => {
    service = await serveAgi(async (each) => each.close());
    const { url } = service;
    await service.close();
    world = await createWorld({ agiUrl: url, clock: createLabClock({ paused: true }) });
    wire = await world.login('god', 'dialplan');
    world.pbx.phone('201').dial('8000');
    await world.pbx.until(() => world.pbx.channels().length === 0 || undefined);
    assert.equal(await status(), 'FAILURE');
    assert.deepEqual(sounds(), away);
  });

  it('with an address that is none: NOTFOUND', async () => {
    service = await serveAgi(async () => {});
    world = await createWorld({ agiUrl: 'script.sh', clock: createLabClock({ paused: true }) });
    wire = await world.login('god', 'dialplan');
    world.pbx.phone('201').dial('8000');
    assert.equal(await status(), 'NOTFOUND');
  });

  it('as the dialplan in pbx/asterisk says, whose words the lab repeats', async () => {
    const dialplan = await readFile(new URL('../../../../pbx/asterisk/tieline.conf', import.meta.url), 'utf8');
    await call(async (each) => each.close());
    assert.match(dialplan, new RegExp(`TIELINE_PROMPT=${away.join('&')}\\)`));
    await wire.until('Application: Hangup');
    const steps = packets(wire.text, 'Event: Newexten').map(({ Application: application }) => application);
    const written = [...dialplan.matchAll(/^ same => n(?:\([a-z]+\))?,(Answer|AGI|Playback|Hangup)\(/gm)].map(([, application]) => application);
    assert.deepEqual(written, ['Answer', 'AGI', 'Hangup', 'Playback', 'Hangup']);
    assert.deepEqual(steps, ['Answer', 'AGI', 'Playback', 'Hangup']);
  });
});
