import assert from 'node:assert/strict';
import { createLabClock } from '../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { createHub } from '../../../../../server/connectors/asterisk/hub.ts';
import type { Hub } from '../../../../../server/connectors/asterisk/hub.ts';
import type { TheirError } from '../../../../../server/domain/errors.ts';
import { silent } from '../../../../../server/ports/log.ts';
import { config, idle, scriptedManager, turnThrough, turnUntil, until } from './support.ts';
import type { Answer, ManagerSession, ScriptedManager } from './support.ts';

describe('the pair of manager connections', () => {
  let clock: TurnableClock;
  let manager: ScriptedManager;
  let hub: Hub;
  let resyncs: number;

  beforeEach(() => (clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true })));
  afterEach(async () => {
    await hub.stop();
    await manager.stop();
    clock.stop();
  });

  async function open(answer: Answer): Promise<void> {
    manager = await scriptedManager(answer);
    resyncs = 0;
    hub = createHub({ config: config(manager.port), secret: 'open sesame', clock, log: silent, random: () => 0.5 });
    hub.onResync(() => resyncs++);
    hub.start();
  }

  function isReady(): boolean {
    return hub.facts().probe !== null && hub.facts().isEventsUp;
  }

  it('is one for events and one with events off for actions, and begins with a resync', async () => {
    await open(idle);
    await until('a resync', () => resyncs === 1);
    assert.deepEqual(manager.sessions.map((session) => session.events).toSorted(), ['call,system', 'off']);
    assert.equal(hub.facts().probe?.version, '22.10.1');
    await hub.call('ConfbridgeListRooms');
    assert.equal(manager.heard.at(-1)?.session.events, 'off');
  });

  it('waits for modules that load after the login, and calls nothing missing meanwhile', async () => {
    let isLoaded = false;
    await open((action, fields, id, session) => (isLoaded || !action.startsWith('Confbridge') ? idle(action, fields, id, session) : idle('Unknown', fields, id, session)));
    await turnUntil(clock, 'some looks', () => manager.heard.filter((each) => each.action === 'ConfbridgeKick').length > 2);
    assert.equal(hub.facts().probe, null);
    await assert.rejects(hub.call('ConfbridgeListRooms'), (error: TheirError) => error.fault === 'unavailable');
    assert.equal(resyncs, 0);
    isLoaded = true;
    await turnUntil(clock, 'a resync', () => resyncs === 1);
    assert.deepEqual(hub.facts().probe?.gaps, []);
  });

  it('says that the module is missing as soon as Asterisk has loaded everything, and notices when it comes', async () => {
    let isLoaded = false;
    await open((action, fields, id, session) => {
      const boot = action === 'Login' && fields['Events'] !== 'off' ? 'Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n' : '';
      return (isLoaded || !action.startsWith('Confbridge') ? idle(action, fields, id, session) : idle('Unknown', fields, id, session)) + boot;
    });
    await turnUntil(clock, 'the gap', () => hub.facts().probe?.isLoading === true, { limitMs: 2_000 });
    await assert.rejects(hub.call('ConfbridgeListRooms'), (error: TheirError) => error.fault === 'refused' && /app_confbridge/.test(error.remedy ?? ''));
    isLoaded = true;
    await turnUntil(clock, 'a resync', () => resyncs === 1);
  });

  it('does not believe, after a restart, what was loaded before it', async () => {
    let isLoaded = true;
    const early: ManagerSession[] = [];
    await open((action, fields, id, session) => {
      if (action === 'Login' && fields['Events'] !== 'off') {
        if (isLoaded) return `${idle(action, fields, id, session) ?? ''}Event: FullyBooted\r\n\r\n`;
        // The events' connection is the slower one this time.
        early.push(session);
        return null;
      }
      return isLoaded || !action.startsWith('Confbridge') ? idle(action, fields, id, session) : idle('Unknown', fields, id, session);
    });
    await until('readiness', () => resyncs === 1);
    isLoaded = false;
    for (const session of manager.sessions) session.socket.destroy();
    await turnUntil(clock, 'a look by the new connection', () => hub.facts().isActionsUp && early.length > 0, { limitMs: 2_000 });
    const looks = manager.heard.length;
    await turnUntil(clock, 'more looks', () => manager.heard.length > looks + 6, { limitMs: 5_000 });
    assert.equal(hub.facts().probe, null);
  });

  it('names the line of manager.conf when a class is missing', async () => {
    await open((action, fields, id, session) => (action.startsWith('ConfbridgeList') ? `Response: Error\r\n${id}Message: Permission denied\r\n\r\n` : idle(action, fields, id, session)));
    await until('a look', () => hub.facts().probe !== null);
    assert.deepEqual(hub.facts().probe?.gaps.map((gap) => gap.capability), ['participants']);
    await assert.rejects(hub.call('ConfbridgeListRooms'), (error: TheirError) => error.fault === 'denied' && /\[tieline\], add "reporting" to "write ="/.test(error.remedy ?? ''));
  });

  it('tries a refused login seldom, says which line, and gets in once it is mended', async () => {
    let isRight = false;
    await open((action, fields, id, session) => {
      if (isRight || action !== 'Login') return idle(action, fields, id, session);
      session.send(`Response: Error\r\n${id}Message: Authentication failed\r\n\r\n`);
      session.socket.end();
      return null;
    });
    await until('both are refused', () => manager.sessions.length === 2 && hub.facts().trouble?.fault === 'denied');
    await assert.rejects(hub.call('Ping'), (error: TheirError) => error.fault === 'denied' && /secret =/.test(error.remedy ?? ''));
    const began = clock.now();
    await turnUntil(clock, 'a while', () => clock.now() > began + 100_000, { stepMs: 1_000 });
    assert.equal(manager.sessions.length, 2);
    isRight = true;
    await turnUntil(clock, 'readiness', isReady, { stepMs: 1_000 });
  });

  it('comes back after a restart with growing pauses and tells that it missed something', async () => {
    await open(idle);
    await until('readiness', () => resyncs === 1);
    for (const session of manager.sessions) session.socket.destroy();
    await until('both are down', () => !hub.facts().isActionsUp && !hub.facts().isEventsUp);
    await assert.rejects(hub.call('Ping'), (error: TheirError) => error.fault === 'unavailable' && error.passing);
    await turnUntil(clock, 'a resync', () => resyncs >= 2, { limitMs: 2_000 });
    assert.ok(isReady());
  });

  it('tells of missed events when only the events\' connection was cut', async () => {
    await open(idle);
    await until('readiness', () => resyncs === 1);
    manager.sessions.find((session) => session.events !== 'off')?.socket.destroy();
    await turnUntil(clock, 'a resync', () => resyncs === 2, { limitMs: 2_000 });
  });

  for (const half of ['off', 'call,system']) {
    it(`notices a half-open connection (events: ${half}) by its ping and opens another`, async () => {
      let isDead = false;
      await open((action, fields, id, session) => (isDead && session.events === half ? null : idle(action, fields, id, session)));
      await until('readiness', () => resyncs === 1);
      isDead = true;
      const wasUp = (): boolean => (half === 'off' ? hub.facts().isActionsUp : hub.facts().isEventsUp);
      await turnUntil(clock, 'the connection is given up', () => !wasUp(), { limitMs: 21_000 });
      assert.equal(hub.facts().trouble?.fault, 'no-answer');
      isDead = false;
      await turnUntil(clock, 'readiness', isReady);
    });
  }

  it('does not hammer a port that closes at once', async () => {
    await open((_action, _fields, _id, session) => {
      session.socket.destroy();
      return null;
    });
    await turnUntil(clock, 'a minute has passed', () => clock.now() >= Date.UTC(2026, 10, 21, 9, 1), { stepMs: 250 });
    // Two connections; with every draw in the middle: 0.125, 0.25, 0.5 … up to 7.5 s each.
    assert.ok(manager.sessions.length <= 2 * 14, `${manager.sessions.length} connections in a minute`);
  });

  it('bounds every action, and a slow one harms no other', async () => {
    await open((action, fields, id, session) => (action === 'ConfbridgeLock' ? null : idle(action, fields, id, session)));
    await until('readiness', () => resyncs === 1);
    const slow = hub.call('ConfbridgeLock', { Conference: 'a' });
    assert.equal((await hub.call('Ping')).isSuccess, true);
    await assert.rejects(turnThrough(clock, slow), (error: TheirError) => error.fault === 'no-answer');
  });

  it('stops while it is connecting, without an open end', async () => {
    manager = await scriptedManager(() => null);
    hub = createHub({ config: config(manager.port), secret: 'x', clock, log: silent, random: () => 0 });
    hub.start();
    await until('connections', () => manager.sessions.length === 2);
    await hub.stop();
    await until('closed sockets', () => manager.sessions.every((session) => session.socket.destroyed));
  });
});
