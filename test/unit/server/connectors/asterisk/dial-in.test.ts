import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { createAgiServer } from '../../../../../server/connectors/asterisk/client/agi/server.ts';
import type { AgiServer } from '../../../../../server/connectors/asterisk/client/agi/server.ts';
import { codeOf, createDialIn } from '../../../../../server/connectors/asterisk/dial-in.ts';
import { createDoorkeeper } from '../../../../../server/connectors/asterisk/doorkeeper.ts';
import type { Doorkeeper } from '../../../../../server/connectors/asterisk/doorkeeper.ts';
import type { Knocker, PhoneCaller, Refusal, Verdict } from '../../../../../server/ports/admission.ts';
import { onlyAdmission } from '../../../../support/admission.ts';
import type { Log } from '../../../../../server/ports/log.ts';
import { caller, environment, environmentText, scriptedCall } from './scripted-call.ts';
import type { CallAnswer, ScriptedCall } from './scripted-call.ts';
import { config, turnUntil, until } from './support.ts';

const admitted: Verdict = {
  admit: true,
  conferenceId: 'abcdefghijklmnopqrstuvwxyz',
  role: 'guest',
  room: 'roomx7',
  waitsForHost: true,
  asksToBeLetIn: false,
  until: Number.MAX_SAFE_INTEGER,
  endsWithHost: false,
  maxMembers: 25,
  language: 'de',
};

function refused(refusal: Refusal, more: Partial<Extract<Verdict, { admit: false }>> = {}): Verdict {
  return { admit: false, refusal, language: 'en', mayRetry: false, ...more };
}

describe('dial-in', () => {
  let clock: TurnableClock;
  let server: AgiServer;
  let doorkeeper: Doorkeeper;
  let asked: { code: string; caller: PhoneCaller }[];
  let missing: string[];
  let logged: string[];
  let decide: (code: string) => Promise<Verdict>;
  let atDoor: (room: string, knocker: Knocker) => Promise<Verdict | null>;
  let left: Knocker[];

  beforeEach(async () => {
    clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
    doorkeeper = createDoorkeeper(clock);
    asked = [];
    missing = [];
    logged = [];
    decide = async () => admitted;
    atDoor = async () => null;
    left = [];
    const write = (fields: object, message: string): void => void logged.push(`${message} ${JSON.stringify(fields)} ${'err' in fields ? String(fields.err) : ''}`);
    const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
    const admission = onlyAdmission({
      atDoor: (room, knocker) => atDoor(room, knocker),
      leftDoor: async (_room, knocker) => void left.push(knocker),
      decideByCode(code, from) {
        asked.push({ code, caller: from });
        return decide(code);
      },
    });
    const onCall = createDialIn({ config: config(1), clock, log, admission, doorkeeper, answered: () => null, onMissingSound: (sound) => missing.push(sound) });
    server = createAgiServer({ connector: 'pbx', host: '127.0.0.1', port: 0, allow: ['127.0.0.1'], scripts: { conference: onCall }, clock, log, onChange: () => undefined });
    await server.start();
  });
  afterEach(async () => {
    await server.stop();
    clock.stop();
  });

  function dial(answer: CallAnswer, greeting?: string): ScriptedCall {
    return scriptedCall(server.port() ?? 0, answer, greeting);
  }

  async function whole(answer: CallAnswer, greeting?: string): Promise<string[]> {
    const call = dial(answer, greeting);
    await call.ended;
    return call.commands;
  }

  const ask = 'GET DATA conf-getconfno 10000 20';
  const goodbye = 'STREAM FILE vm-goodbye ""';

  it('leads a guest into the room, every setting before the door, in their language', async () => {
    assert.deepEqual(await whole(caller('482913')), [
      'ANSWER',
      ask,
      'SET VARIABLE CHANNEL(language) de',
      'SET VARIABLE CONFBRIDGE(user,admin) no',
      'SET VARIABLE CONFBRIDGE(user,marked) no',
      'SET VARIABLE CONFBRIDGE(user,wait_marked) yes',
      'SET VARIABLE CONFBRIDGE(user,end_marked) no',
      'SET VARIABLE CONFBRIDGE(bridge,max_members) 25',
      'SET VARIABLE TIELINE_DONE 1',
      'EXEC ConfBridge roomx7',
      'HANGUP',
    ]);
    assert.deepEqual(asked, [{ code: '482913', caller: { instance: 'pbx', number: '+15551230001', callId: '1795243740.7' } }]);
  });

  it('makes a host an admin for whom the others wait, and a presenter no admin', async () => {
    decide = async () => ({ ...admitted, role: 'host', waitsForHost: false, endsWithHost: true });
    const host = await whole(caller('1'));
    assert.ok(host.includes('SET VARIABLE CONFBRIDGE(user,admin) yes') && host.includes('SET VARIABLE CONFBRIDGE(user,marked) yes'));
    assert.ok(host.includes('SET VARIABLE CONFBRIDGE(user,wait_marked) no') && host.includes('SET VARIABLE CONFBRIDGE(user,end_marked) yes'));
    decide = async () => ({ ...admitted, role: 'presenter' });
    const presenter = await whole(caller('1'));
    assert.ok(presenter.includes('SET VARIABLE CONFBRIDGE(user,admin) no') && presenter.includes('SET VARIABLE CONFBRIDGE(user,marked) no'));
  });

  const stranger: Verdict = { ...admitted, asksToBeLetIn: true };
  const door = ['SET VARIABLE CHANNEL(language) de', 'STREAM FILE pls-wait-connect-call ""', 'EXEC StartMusicOnHold ""', 'WAIT FOR DIGIT 2000'];

  it('a stranger waits outside the room, with music, and is led in when somebody lets them', async () => {
    decide = async () => stranger;
    const seen: [string, Knocker][] = [];
    atDoor = async (room, knocker) => {
      seen.push([room, knocker]);
      return seen.length < 3 ? null : { ...admitted, waitsForHost: false };
    };
    const commands = await whole(caller('482913'));
    assert.deepEqual(commands.slice(2, 8), [...door, 'WAIT FOR DIGIT 2000', 'EXEC StopMusicOnHold ""']);
    assert.ok(commands.includes('SET VARIABLE CONFBRIDGE(user,wait_marked) no') && commands.at(-2) === 'EXEC ConfBridge roomx7');
    assert.deepEqual(seen[0], ['roomx7', { instance: 'pbx', number: '+15551230001', callId: '1795243740.7', name: 'Dee Dove' }]);
    assert.deepEqual(left, []);
  });

  it('a stranger whom nobody lets in hears so, and never was in the room', async () => {
    decide = async () => stranger;
    let asks = 0;
    atDoor = async () => (asks++ === 0 ? null : refused('lobby-closed'));
    const commands = await whole(caller('482913'));
    assert.deepEqual(commands.slice(-5), ['EXEC StopMusicOnHold ""', 'SET VARIABLE CHANNEL(language) en', 'STREAM FILE confbridge-lock-no-join ""', goodbye, 'HANGUP']);
    assert.ok(!commands.some((each) => each.includes('ConfBridge')));
  });

  it('who hangs up at the door is taken from it', async () => {
    decide = async () => stranger;
    await whole((command, call) => {
      if (!command.startsWith('WAIT')) return caller('482913')(command, call);
      call.hangUp();
      return null;
    });
    await until('the door is told', () => left.length === 1);
    assert.equal(left[0]?.callId, '1795243740.7');
  });

  it('with nobody to decide, nobody is let in from the door, and the caller hears why', async () => {
    decide = async () => stranger;
    let asks = 0;
    atDoor = async () => {
      if (asks++ === 0) return null;
      throw new Error('the database is away');
    };
    const commands = await whole(caller('482913'));
    assert.deepEqual(commands.slice(-4), ['EXEC StopMusicOnHold ""', 'STREAM FILE please-try-call-later ""', goodbye, 'HANGUP']);
    assert.ok(logged.some((line) => line.includes('nobody is let in')));
  });

  it('lets somebody try three times, then says goodbye', async () => {
    decide = async () => refused('unknown-code', { mayRetry: true });
    const commands = await whole(caller('1', '2', '3', '4'));
    const wrong = ['SET VARIABLE CHANNEL(language) en', 'STREAM FILE conf-invalid ""'];
    assert.deepEqual(commands, ['ANSWER', ask, ...wrong, ask, ...wrong, ask, ...wrong, goodbye, 'HANGUP']);
    assert.deepEqual(asked.map((each) => each.code), ['1', '2', '3']);
  });

  it('lets in at the second try', async () => {
    decide = async (code) => (code === '2' ? admitted : refused('unknown-code', { mayRetry: true }));
    assert.ok((await whole(caller('1', '2'))).includes('EXEC ConfBridge roomx7'));
  });

  it('does not let somebody who is locked out try again', async () => {
    decide = async () => refused('locked-out');
    assert.deepEqual((await whole(caller('1', '2'))).slice(-3), ['STREAM FILE confbridge-pin-bad ""', goodbye, 'HANGUP']);
    assert.equal(asked.length, 1);
  });

  for (const [refusal, sound] of [['cancelled', 'conf-invalid'], ['not-sent', 'conf-invalid'], ['ended', 'confbridge-conf-end'], ['full', 'confbridge-lock-no-join'], ['lobby-closed', 'confbridge-lock-no-join']] as const) {
    it(`tells somebody who is refused (${refusal}) why`, async () => {
      decide = async () => refused(refusal);
      assert.deepEqual((await whole(caller('1'))).slice(-3), [`STREAM FILE ${sound} ""`, goodbye, 'HANGUP']);
    });
  }

  it('says when it opens, in the zone of the conference: the hour alone on the same day there', async () => {
    decide = async () => refused('too-early', { opensAt: Date.UTC(2026, 10, 21, 14, 50), timeZone: 'Europe/Berlin' });
    assert.ok((await whole(caller('1'))).includes(`SAY DATETIME 1795272600 "" "'digits/at' IMp" Europe/Berlin`));
    decide = async () => refused('too-early', { opensAt: Date.UTC(2026, 10, 21, 23, 50), timeZone: 'Europe/Berlin' });
    assert.ok((await whole(caller('1'))).includes(`SAY DATETIME 1795305000 "" "ABd 'digits/at' IMp" Europe/Berlin`));
    decide = async () => refused('too-early', { opensAt: Date.UTC(2026, 10, 21, 23, 50), timeZone: 'Europe/Berlin', language: 'de' });
    assert.ok((await whole(caller('1'))).includes('SAY DATETIME 1795305000 "" "AdB HM" Europe/Berlin'));
  });

  it('says a time with its day in UTC when the zone is unknown or hostile', async () => {
    for (const timeZone of ['Mars/Base', 'x"\nEXEC System reboot', undefined]) {
      decide = async () => refused('too-early', { opensAt: Date.UTC(2026, 10, 21, 14, 50), ...(timeZone === undefined ? {} : { timeZone }) });
      assert.ok((await whole(caller('1'))).includes(`SAY DATETIME 1795272600 "" "ABd 'digits/at' IMp" UTC`));
    }
  });

  it('lets nobody in when we cannot decide, and says that the service is away', async () => {
    decide = () => Promise.reject(new Error('connection to the database lost'));
    assert.deepEqual(await whole(caller('1', '2')), ['ANSWER', ask, 'STREAM FILE please-try-call-later ""', goodbye, 'HANGUP']);
  });

  it('lets nobody in when our decision never comes', async () => {
    decide = () => new Promise(() => undefined);
    const call = dial(caller('1'));
    await turnUntil(clock, 'the end', () => call.isEnded(), { limitMs: 10_000 });
    assert.deepEqual(call.commands.slice(2), ['STREAM FILE please-try-call-later ""', goodbye, 'HANGUP']);
  });

  it('asks again when nothing was typed, without a guess, and not for ever', async () => {
    assert.deepEqual(await whole(caller()), ['ANSWER', ask, ask, ask, goodbye, 'HANGUP']);
    assert.equal(asked.length, 0);
  });

  it('takes a star for "again from the beginning"', () => {
    assert.deepEqual(['482913', '48*482913', '*', '', 'A48B2', '1*2*'].map(codeOf), ['482913', '482913', '', '', '482', '']);
  });

  for (const step of ['ANSWER', 'GET DATA', 'SET VARIABLE', 'EXEC', 'HANGUP']) {
    for (const [how, gone] of [['HANGUP', 'HANGUP\n'], ['a dead channel', '511 Command Not Permitted on a dead channel or intercept routine\n'], ['a broken connection', null]] as const) {
      it(`survives a caller who hangs up at ${step} (${how}), and keeps no place for them`, async () => {
        const ordinary = caller('1');
        const call = dial((command, self) => {
          if (!command.startsWith(step)) return ordinary(command, self);
          if (gone === null) self.hangUp();
          return gone;
        });
        await call.ended;
        await until('the place is free', () => doorkeeper.inside('roomx7') === 0);
        assert.ok(call.commands.at(-1)?.startsWith(step));
      });
    }
  }

  it('does not ask a dead caller for a code: answering failed, or -1 with a channel that is gone', async () => {
    assert.deepEqual(await whole((command, self) => (command === 'ANSWER' ? '200 result=-1\n' : caller('1')(command, self))), ['ANSWER']);
    const ordinary = caller('1');
    const commands = await whole((command, self) => {
      if (command.startsWith('GET DATA')) return '200 result=-1\n';
      return command === 'CHANNEL STATUS' ? '511 Command Not Permitted on a dead channel or intercept routine\n' : ordinary(command, self);
    });
    assert.deepEqual(commands, ['ANSWER', ask, 'CHANNEL STATUS']);
  });

  it('goes on with a tone, and reports it, when a sound file is missing', async () => {
    decide = async () => refused('ended');
    const ordinary = caller('1');
    const commands = await whole((command, self) => {
      if (command.includes('conf-getconfno')) return '200 result=-1\n';
      return command.includes('confbridge-conf-end') ? '200 result=-1 endpos=0\n' : ordinary(command, self);
    });
    assert.ok(commands.includes('GET DATA beeperr 10000 20') && commands.includes('STREAM FILE beeperr ""'));
    assert.deepEqual(missing, ['conf-getconfno', 'confbridge-conf-end']);
    assert.equal(asked.length, 1);
  });

  it('lets nobody in whose settings Asterisk did not take: a guest would stand before the host', async () => {
    const ordinary = caller('1');
    const commands = await whole((command, self) => (command.includes('wait_marked') ? '520 Invalid command syntax.  Proper usage not available.\n' : ordinary(command, self)));
    assert.ok(!commands.some((command) => command.startsWith('EXEC')));
  });

  it('gives up a PBX that does not know the commands, instead of taking its refusal for an answer', async () => {
    const ordinary = caller('1');
    assert.deepEqual(await whole((command, self) => (command.startsWith('GET DATA') ? '510 Invalid or unknown command\n' : ordinary(command, self))), ['ANSWER', ask]);
    assert.equal(asked.length, 0);
  });

  it('says that the service is away when Asterisk has no ConfBridge', async () => {
    const ordinary = caller('1');
    const commands = await whole((command, self) => (command.startsWith('EXEC') ? '200 result=-2\n' : ordinary(command, self)));
    assert.deepEqual(commands.slice(-3), ['STREAM FILE please-try-call-later ""', goodbye, 'HANGUP']);
  });

  it('turns back somebody who was admitted in the moment of the cancellation', async () => {
    decide = async () => {
      doorkeeper.close('roomx7');
      return admitted;
    };
    assert.ok(!(await whole(caller('1'))).some((command) => command.startsWith('EXEC')));
    doorkeeper.open('roomx7');
    decide = async () => admitted;
    assert.ok((await whole(caller('1'))).includes('EXEC ConfBridge roomx7'));
  });

  it('lets nobody into a room whose name could be a command', async () => {
    decide = async () => ({ ...admitted, room: 'a,default_bridge,admin_user' });
    assert.ok(!(await whole(caller('1'))).some((command) => command.startsWith('EXEC')));
  });

  it('takes the number of a caller for hostile text', async () => {
    const long = '\u0007<b>'.repeat(50);
    await whole(caller('1'), environmentText({ ...environment, agi_callerid: long, agi_calleridname: 'x' }));
    assert.equal(asked[0]?.caller.number.length, 80);
    assert.ok(!asked[0]?.caller.number.includes('\u0007'));
    await whole(caller('1'), environmentText({ ...environment, agi_callerid: 'unknown' }));
    assert.equal(asked[1]?.caller.number, '');
  });

  it('never logs a code or a number', async () => {
    decide = async (code) => (code === '3333333' ? Promise.reject(new Error('away')) : refused('unknown-code', { mayRetry: true }));
    await whole(caller('1111111', '2222222', '3333333'));
    assert.ok(logged.length > 0);
    assert.doesNotMatch(logged.join('\n'), /1111111|2222222|3333333|5551230001/);
  });
});
