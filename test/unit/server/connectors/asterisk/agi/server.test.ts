import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { createLabClock } from '../../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../../lab/clock.ts';
import { createAgiServer } from '../../../../../../server/connectors/asterisk/client/agi/server.ts';
import type { AgiServer, AgiServerOptions } from '../../../../../../server/connectors/asterisk/client/agi/server.ts';
import type { AgiSession } from '../../../../../../server/connectors/asterisk/client/agi/session.ts';
import type { TheirError } from '../../../../../../server/domain/errors.ts';
import { silent } from '../../../../../../server/ports/log.ts';
import { caller, environment, environmentText, scriptedCall } from '../scripted-call.ts';
import { turnThrough, turnUntil, until } from '../support.ts';

describe('FastAGI server', () => {
  let clock: TurnableClock;
  let server: AgiServer;
  let calls: AgiSession[];
  let finish: () => void;

  beforeEach(() => {
    clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
    calls = [];
  });
  afterEach(async () => {
    await server.stop();
    clock.stop();
  });

  async function open(more: Partial<AgiServerOptions> = {}): Promise<number> {
    const done = new Promise<void>((resolve) => (finish = resolve));
    server = createAgiServer({
      connector: 'pbx',
      host: '127.0.0.1',
      port: 0,
      allow: ['127.0.0.1'],
      clock,
      log: silent,
      onChange: () => undefined,
      scripts: {
        conference: (session) => {
          calls.push(session);
          return done;
        },
      },
      ...more,
    });
    await server.start();
    return server.port() ?? 0;
  }

  async function session(answer = caller()): Promise<{ session: AgiSession; call: ReturnType<typeof scriptedCall> }> {
    const call = scriptedCall(await open(), answer);
    await until('the call is there', () => calls.length === 1);
    const [first] = calls;
    assert.ok(first);
    return { session: first, call };
  }

  it('hands out a call and gives it back when the conversation is over', async () => {
    const { session: handed, call } = await session();
    assert.equal(handed.environment.uniqueId, '1795243740.7');
    assert.equal((await handed.command(['ANSWER'], 1_000)).result, '0');
    finish();
    await call.ended;
    assert.deepEqual(call.commands, ['ANSWER']);
  });

  it('hears nothing of strangers', async () => {
    const call = scriptedCall(await open({ allow: ['192.0.2.1'] }), caller());
    await call.ended;
    assert.deepEqual([calls.length, call.commands.length], [0, 0]);
  });

  it('serves one script and no other', async () => {
    const port = await open();
    for (const script of ['', 'conference?x=1', 'conference/..', 'Conference', 'voicemail']) {
      const call = scriptedCall(port, caller(), environmentText({ ...environment, agi_network_script: script }));
      await call.ended;
      assert.deepEqual(call.commands, [], script);
    }
    assert.equal(calls.length, 0);
  });

  it('ends what is no call: another protocol, an oversized environment, a line without end', async () => {
    const port = await open();
    for (const text of ['GET / HTTP/1.1\r\n\r\n', 'agi_arg_1: x\n'.repeat(200), 'x'.repeat(9_000), 'agi_network: yes\n\0\n\n']) await scriptedCall(port, caller(), text).ended;
    assert.equal(calls.length, 0);
  });

  it('does not wait for ever for somebody who says nothing', async () => {
    const call = scriptedCall(await open(), caller(), 'agi_network: yes\n');
    await turnUntil(clock, 'the end', () => call.isEnded(), { limitMs: 6_000 });
    assert.equal(calls.length, 0);
  });

  it('is not filled up by those who say nothing', async () => {
    const port = await open();
    const idlers = Array.from({ length: 80 }, () => scriptedCall(port, caller(), ''));
    await until('the surplus is cut', () => idlers.filter((each) => each.isEnded()).length >= 16);
    assert.equal(idlers.filter((each) => each.isEnded()).length, 16);
    await turnUntil(clock, 'all are cut', () => idlers.every((each) => each.isEnded()));
    const call = scriptedCall(port, caller());
    await until('a real call', () => calls.length === 1);
    call.hangUp();
  });

  for (const [how, answer] of [
    ['says HANGUP', '200 result=-1\nHANGUP\n'],
    ['says HANGUP only', 'HANGUP\n'],
    ['says that the channel is dead', '511 Command Not Permitted on a dead channel or intercept routine\n'],
  ] as const) {
    it(`takes a caller who ${how} for gone`, async () => {
      const { session: handed } = await session((command) => (command === 'ANSWER' ? '200 result=0\n' : answer));
      await handed.command(['ANSWER'], 1_000);
      const second = handed.command(['STREAM', 'FILE', 'x', ''], 1_000).then(() => handed.command(['CHANNEL', 'STATUS'], 1_000));
      await assert.rejects(second, (error: TheirError) => error.fault === 'gone');
    });
  }

  it('takes a connection that breaks in the middle for gone', async () => {
    const { session: handed } = await session((_command, call) => {
      call.hangUp();
      return null;
    });
    await assert.rejects(handed.command(['ANSWER'], 1_000), (error: TheirError) => error.fault === 'gone');
    await assert.rejects(handed.command(['ANSWER'], 1_000), (error: TheirError) => error.fault === 'gone');
  });

  it('gives up a call whose answer is late, because later answers would be taken for others', async () => {
    const { session: handed, call } = await session(() => null);
    await assert.rejects(turnThrough(clock, handed.command(['ANSWER'], 1_000)), (error: TheirError) => error.fault === 'no-answer' && /ANSWER/.test(error.message));
    await call.ended;
  });

  it('gives up a call that answers what nobody asked, or nonsense', async () => {
    const { session: handed, call } = await session(() => 'nonsense\n');
    await assert.rejects(handed.command(['ANSWER'], 1_000), (error: TheirError) => error.fault === 'unreadable');
    await call.ended;
    const second = scriptedCall(server.port() ?? 0, caller());
    await until('the second call', () => calls.length === 2);
    second.send('200 result=1\n');
    await second.ended;
  });

  it('says why it cannot listen, and listens when it can', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await open({ port });
    assert.equal(server.trouble(), 'EADDRINUSE');
    assert.equal(server.port(), null);
    await new Promise((resolve) => other.close(resolve));
    await turnUntil(clock, 'listening', () => server.trouble() === null);
    assert.equal(server.port(), port);
  });

  it('lets go of everything when it stops', async () => {
    const { call } = await session();
    await server.stop();
    await call.ended;
    assert.equal(server.port(), null);
  });
});
