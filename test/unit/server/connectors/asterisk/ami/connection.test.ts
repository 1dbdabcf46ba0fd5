import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../../lab/clock.ts';
import { connectAmi } from '../../../../../../server/connectors/asterisk/client/ami/connection.ts';
import type { AmiConnection } from '../../../../../../server/connectors/asterisk/client/ami/connection.ts';
import { header } from '../../../../../../server/connectors/asterisk/client/ami/packet.ts';
import type { AmiPacket } from '../../../../../../server/connectors/asterisk/client/ami/packet.ts';
import { UserError } from '../../../../../../server/domain/errors.ts';
import type { TheirError } from '../../../../../../server/domain/errors.ts';
import type { Log } from '../../../../../../server/ports/log.ts';
import { silent } from '../../../../../../server/ports/log.ts';
import { idle, scriptedManager, turnThrough, until } from '../support.ts';
import type { Answer, ScriptedManager } from '../support.ts';

describe('a manager connection', () => {
  let clock: TurnableClock;
  let manager: ScriptedManager;
  let connection: AmiConnection | undefined;
  let events: AmiPacket[];

  beforeEach(() => {
    clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
    events = [];
  });
  afterEach(async () => {
    connection?.close();
    await manager.stop();
    clock.stop();
  });

  async function connect(answer: Answer, { greeting, log = silent }: { greeting?: string; log?: Log } = {}): Promise<AmiConnection> {
    manager = await scriptedManager(answer, greeting);
    connection = undefined;
    connection = await connectAmi({
      connector: 'pbx',
      address: { host: '127.0.0.1', port: manager.port },
      clock,
      log,
      idPrefix: 'tl-test',
      connectMs: 1_000,
      onEvent: (event) => events.push(event),
    });
    return connection;
  }

  const within = { deadlineMs: 1_000 };

  it('gathers a list between events of other causes', async () => {
    const link = await connect((_action, _fields, id) => [
      `Response: Success\r\n${id}EventList: start\r\n\r\n`,
      'Event: Newchannel\r\nChannel: PJSIP/1\r\n\r\n',
      `Event: ConfbridgeListRooms\r\n${id}Conference: a\r\n\r\n`,
      'Event: Hangup\r\nChannel: PJSIP/1\r\n\r\n',
      `Event: ConfbridgeListRooms\r\n${id}Conference: b\r\n\r\n`,
      `Event: ConfbridgeListRoomsComplete\r\n${id}EventList: Complete\r\nListItems: 2\r\n\r\n`,
    ].join(''));
    const reply = await link.action('ConfbridgeListRooms', {}, within);
    assert.deepEqual(reply.rows.map((row) => header(row, 'Conference')), ['a', 'b']);
    assert.deepEqual(events.map((event) => event.name), ['Newchannel', 'Hangup']);
  });

  it('matches answers by id when they come in another order', async () => {
    const held: string[] = [];
    const link = await connect((action, _fields, id, session) => {
      held.push(`Response: Success\r\n${id}Message: ${action}\r\n\r\n`);
      if (held.length === 2) session.send(held.toReversed().join(''));
      return null;
    });
    const [one, two] = await Promise.all([link.action('One', {}, within), link.action('Two', {}, within)]);
    assert.deepEqual([one.message, two.message], ['One', 'Two']);
  });

  it('takes no row for an answer before there is a response', async () => {
    const link = await connect((_action, _fields, id) => `Event: Fake\r\n${id}EventList: Complete\r\n\r\nResponse: Success\r\n${id}Message: true\r\n\r\n`);
    assert.equal((await link.action('Ping', {}, within)).message, 'true');
  });

  it('gives up on a late answer, ignores it when it comes, and stays usable', async () => {
    let late = '';
    const link = await connect((action, fields, id, session) => {
      if (action === 'Slow') {
        late = `Response: Success\r\n${id}\r\n`;
        return null;
      }
      session.send(late);
      return idle(action, fields, id, session);
    });
    await assert.rejects(turnThrough(clock, link.action('Slow', {}, within)), (error: TheirError) => error.fault === 'no-answer' && error.message === '[pbx] the action Slow gave no answer within 1000 ms');
    assert.equal((await link.action('Ping', {}, within)).isSuccess, true);
  });

  it('fails all that wait when the other side goes away, and everything after', async () => {
    const link = await connect((_action, _fields, _id, session) => {
      session.socket.destroy();
      return null;
    });
    await assert.rejects(link.action('One', {}, within), (error: TheirError) => error.fault === 'no-answer');
    await assert.rejects(link.action('Two', {}, within), (error: TheirError) => error.fault === 'no-answer');
    assert.equal((await link.closed).fault, 'no-answer');
  });

  it('sends nothing at all of an action with a line break in it', async () => {
    const link = await connect(idle);
    await assert.rejects(link.action('ConfbridgeKick', { Conference: 'a\r\n\r\nAction: DBPut', Channel: 'all' }, within), UserError);
    await link.action('Ping', {}, within);
    assert.deepEqual(manager.heard.map((each) => each.action), ['Ping']);
  });

  it('is not made with another program, and says which port to look at', async () => {
    await assert.rejects(connect(idle, { greeting: 'SSH-2.0-OpenSSH_9.2\r\n' }), (error: TheirError) => error.fault === 'unreadable' && /5038/.test(error.remedy ?? ''));
  });

  it('is not waited for for ever when nobody greets', async () => {
    const connecting = connect(idle, { greeting: '' });
    await assert.rejects(turnThrough(clock, connecting), (error: TheirError) => error.fault === 'no-answer' && /within 1000 ms/.test(error.message));
  });

  it('is refused by a closed port with a passing error', async () => {
    const gone = await scriptedManager(idle);
    await gone.stop();
    manager = gone;
    const options = { connector: 'pbx', address: { host: '127.0.0.1', port: gone.port }, clock, log: silent, idPrefix: 'x', connectMs: 1_000, onEvent: () => undefined };
    await assert.rejects(connectAmi(options), (error: TheirError) => error.passing && /ECONNREFUSED/.test(error.message));
  });

  it('ends when a packet never does', async () => {
    const link = await connect((action, fields, id, session) => {
      session.send('Event: X\r\n'.repeat(40_000));
      return idle(action, fields, id, session);
    });
    await assert.rejects(link.action('Ping', {}, within), (error: TheirError) => error.fault === 'unreadable');
  });

  it('keeps up with a flood of events, in order, and still gets its answer', async () => {
    const count = 20_000;
    const link = await connect((action, fields, id, session) => {
      for (let i = 0; i < count; i++) session.send(`Event: UserEvent\r\nNumber: ${i}\r\nFill: ${'x'.repeat(460)}\r\n\r\n`);
      return idle(action, fields, id, session);
    });
    assert.equal((await link.action('Ping', {}, within)).isSuccess, true);
    await until('all events are there', () => events.length === count);
    assert.ok(events.every((event, i) => header(event, 'Number') === String(i)));
  });

  it('drops events that show a PIN in clear, and logs no secret', async () => {
    const lines: string[] = [];
    const log: Log = { ...silent, debug: (fields) => void lines.push(JSON.stringify(fields)) };
    const link = await connect((action, fields, id, session) => `Event: VoicemailPasswordChange\r\nNewPassword: 4711\r\n\r\nEvent: Other\r\n\r\n${idle(action, fields, id, session) ?? ''}`, { log });
    await link.action('Login', { Username: 'tieline', Secret: 'open sesame' }, within);
    assert.deepEqual(events.map((event) => event.name), ['Other']);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines.join(''), /open sesame|4711/);
  });
});
