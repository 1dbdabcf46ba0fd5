import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import type { AsteriskOptions } from '../../../../lab/asterisk/index.ts';
import { type AgiCall, type AgiService, createWorld, serveAgi, type World } from './support.ts';

/** Answers of Asterisk 22.10.1 to the same lines, tried. */
const answers: readonly (readonly [line: string, answer: string])[] = [
  ['CHANNEL STATUS', '200 result=6'],
  ['ANSWER', '200 result=0'],
  ['Answer', '200 result=0'],
  ['VERBOSE "hello there" 1', '200 result=1'],
  ['NOOP', '200 result=0'],
  ['GET DATA nosuchfile 500 6', '200 result=-1'],
  ['STREAM FILE nosuch ""', '200 result=-1 endpos=0'],
  ['STREAM FILE conf-invalid "12#"', '200 result=0 endpos=0'],
  ['SAY DIGITS 123 ""', '200 result=0'],
  ['SAY NUMBER 21 ""', '200 result=0'],
  ['SAY DATETIME 1795249737 "" "IMp" Europe/Berlin', '200 result=0'],
  ['SET VARIABLE FOO "a b\\"c"', '200 result=1'],
  ['GET VARIABLE FOO', '200 result=1 (a b"c)'],
  ['GET VARIABLE NOPE', '200 result=0'],
  ['GET FULL VARIABLE ${CALLERID(num)}x${FOO}', '200 result=1 (201xa b"c)'],
  ['SET VARIABLE CONFBRIDGE(user,admin) yes', '200 result=1'],
  ['SET VARIABLE CONFBRIDGE(user,nonsense) yes', '200 result=1'],
  ['GET VARIABLE CONFBRIDGE(user,admin)', '200 result=0'],
  ['EXEC NoOp hello', '200 result=0'],
  ['exec noop lower', '200 result=0'],
  ['EXEC Nope x', '200 result=-2'],
  ['EXEC Set FOO=bar', '200 result=0'],
  ['GET VARIABLE FOO', '200 result=1 (bar)'],
  ['EXEC Playback nosuch', '200 result=0'],
  ['GET VARIABLE PLAYBACKSTATUS', '200 result=1 (FAILED)'],
  ['EXEC Playback conf-invalid', '200 result=0'],
  ['GET VARIABLE PLAYBACKSTATUS', '200 result=1 (SUCCESS)'],
  ['SEND TEXT "hello"', '200 result=0'],
  ['CHANNEL STATUS nope', '200 result=-1'],
  ['SET AUTOHANGUP 60', '200 result=0'],
  ['BOGUS x', '510 Invalid or unknown command'],
  ['', '510 Invalid or unknown command'],
  ['EXEC ConfBridge room,nosuchprofile', '200 result=-1'],
  ['GET VARIABLE CONFBRIDGE_RESULT', '200 result=1 (FAILED)'],
];

describe('lab Asterisk: a FastAGI conversation', () => {
  let world: World;
  let service: AgiService;
  afterEach(async () => {
    await world.close();
    await service.close();
  });

  /** Dials 201 → 8000 into a service that follows `script`; resolves when the script is done. */
  async function call(script: (call: AgiCall) => Promise<void>, options: Partial<AsteriskOptions> = {}): Promise<void> {
    let done: (outcome?: unknown) => void;
    const finished = new Promise((resolve) => (done = resolve));
    service = await serveAgi((each) => script(each).then(() => done(), (error: unknown) => done(error)));
    world = await createWorld({ agiUrl: service.url, ...options, clock: createLabClock({ paused: true }) });
    world.pbx.phone('201').dial('8000');
    const outcome = await finished;
    if (outcome instanceof Error) throw outcome;
  }

  it('opens with the environment that Asterisk sends, in its order', async () => {
    await call(async (each) => each.close());
    const names = (service.openings[0] ?? '').split('\n').filter(Boolean).map((line) => line.slice(0, line.indexOf(':')));
    assert.deepEqual(names, [
      'network', 'network_script', 'request', 'channel', 'language', 'type', 'uniqueid', 'version', 'callerid', 'calleridname', 'callingpres', 'callingani2', 'callington',
      'callingtns', 'dnid', 'rdnis', 'context', 'extension', 'priority', 'enhanced', 'accountcode', 'threadid',
    ].map((name) => `agi_${name}`));
    assert.match(service.openings[0] ?? '', new RegExp(`^agi_network: yes\nagi_network_script: conference\nagi_request: ${service.url}\nagi_channel: PJSIP/201-00000000\n`));
    assert.match(service.openings[0] ?? '', /agi_callerid: 201\nagi_calleridname: Ann\n[^]*agi_dnid: 8000\nagi_rdnis: unknown\n/);
  });

  it('answers each command as Asterisk does', async () => {
    await call(async (each) => {
      for (const [line, answer] of answers) assert.equal(await each.command(line), answer, line);
    });
  });

  it('explains wrong words over three lines', async () => {
    await call(async (each) => {
      for (const line of ['GET DATA', 'STREAM FILE conf-invalid', 'SET VARIABLE A', 'SAY NUMBER abc ""', 'WAIT FOR DIGIT']) {
        assert.equal(await each.command(line), '520-Invalid command syntax.  Proper usage follows:', line);
        await each.next();
        assert.equal(await each.next(), '520 End of proper usage.');
      }
    });
  });

  it('takes digits until #, until there are enough, or until the time is over', async () => {
    await call(async (each) => {
      const asked = each.command('GET DATA conf-getconfno 5000 10');
      await world.pbx.phone('201').enter('1234#');
      assert.equal(await asked, '200 result=1234');
      const four = each.command('GET DATA beep 5000 4');
      await world.pbx.phone('201').enter('98765#');
      assert.equal(await four, '200 result=9876');
      const late = each.command('GET DATA beep 5000 4');
      await world.pbx.phone('201').enter('12');
      await world.pbx.until(() => world.pbx.phone('201').view().askedForDigits || undefined);
      world.clock.advance(5_000);
      assert.equal(await late, '200 result=12 (timeout)');
      const nothing = each.command('GET DATA beep 500 4');
      await world.pbx.until(() => world.pbx.phone('201').view().askedForDigits || undefined);
      world.clock.advance(500);
      assert.equal(await nothing, '200 result= (timeout)');
    });
  });

  it('stops a prompt at the first digit of a code', async () => {
    await call(async (each) => {
      const asked = each.command('GET DATA conf-getconfno 5000 10');
      await world.pbx.phone('201').enter('7#');
      assert.equal(await asked, '200 result=7');
    }, { promptMs: 3_000 });
  });

  it('stops a file at an escape digit, says which and where, and lets other digits pass', async () => {
    await call(async (each) => {
      const played = each.command('STREAM FILE conf-invalid "5#"');
      await world.pbx.phone('201').heard('conf-invalid');
      world.clock.advance(100);
      await world.pbx.phone('201').press('15');
      assert.equal(await played, `200 result=${'5'.charCodeAt(0)} endpos=800`);
    }, { promptMs: 3_000 });
  });

  it('says the code of the digit that it waited for', async () => {
    await call(async (each) => {
      const waited = each.command('WAIT FOR DIGIT 3000');
      await world.pbx.phone('201').enter('1');
      assert.equal(await waited, '200 result=49');
      const late = each.command('WAIT FOR DIGIT 300');
      await world.pbx.until(() => world.pbx.phone('201').view().askedForDigits || undefined);
      world.clock.advance(300);
      assert.equal(await late, '200 result=0');
    });
  });

  it('loses digits that are typed while the service thinks', async () => {
    await call(async (each) => {
      await each.command('ANSWER');
      await world.pbx.phone('201').press('1234#');
      const asked = each.command('GET DATA beep 500 10');
      await world.pbx.until(() => world.pbx.phone('201').view().askedForDigits || undefined);
      world.clock.advance(500);
      assert.equal(await asked, '200 result= (timeout)');
    });
  });

  it('says times in the zone that it is told, and numbers and digits as words', async () => {
    await call(async (each) => {
      await each.command('SAY DATETIME 1795249737 "" "IMp" Europe/Berlin');
      await each.command("SAY DATETIME 1795249737 \"\" \"ABdY 'digits/at' IMp\"");
      await each.command('SAY DIGITS 805 ""');
      await each.command('SAY NUMBER 21 ""');
      await each.command('SEND TEXT "Room 5"');
      await each.command('STREAM FILE conf-getconfno ""');
    });
    assert.deepEqual(world.pbx.phone('201').view().hears.slice(0, 6).map(({ kind, words }) => [kind, words]), [
      ['time', '9:28 AM'], ['time', 'Saturday November 21st 2026 at 8:28 AM'], ['digits', '8 0 5'], ['number', '21'], ['text', 'Room 5'],
      ['sound', 'Please enter your conference number followed by the pound key.'],
    ]);
  });

  it('writes down what was said both ways, without what was typed after a PIN prompt', async () => {
    await call(async (each) => {
      const asked = each.command('GET DATA conf-getpin 5000 10');
      await world.pbx.phone('201').enter('4321#');
      assert.equal(await asked, '200 result=4321');
      const code = each.command('GET DATA conf-getconfno 5000 10');
      await world.pbx.phone('201').enter('1234#');
      await code;
    });
    const said = world.pbx.log.lines.filter(({ protocol, text }) => protocol === 'agi' && !text.startsWith('agi_')).map(({ direction, text }) => `${direction} ${text}`);
    assert.deepEqual(said.slice(0, 4), ['in GET DATA conf-getpin 5000 10', 'out 200 result=****', 'in GET DATA conf-getconfno 5000 10', 'out 200 result=1234']);
  });
});
