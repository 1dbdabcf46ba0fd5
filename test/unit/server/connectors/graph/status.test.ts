import assert from 'node:assert/strict';
import type { ConnectorStatus } from '../../../../../server/ports/connector.ts';
import { ann, hastyClock, refused, row, startAt, startScripted } from './scripted.ts';
import type { Asked, Scripted, ScriptedOptions, Told } from './scripted.ts';

describe('graph: what /readyz says', () => {
  let world: Scripted;
  afterEach(async () => world.close());

  /** Looks are minutes apart; anything shorter passes at once. */
  async function start(options: ScriptedOptions = {}): Promise<void> {
    world = await startScripted({ clock: hastyClock(15_000), ...options });
  }

  /** Resolves when the status is as wanted. */
  function until(holds: (status: ConnectorStatus) => boolean): Promise<ConnectorStatus> {
    return new Promise((resolve) => {
      const stop = world.graph.onStatus(check);
      check(world.graph.status());
      function check(status: ConnectorStatus): void {
        if (!holds(status)) return;
        stop();
        resolve(status);
      }
    });
  }

  /** Answers by what is tried. */
  function allow(answers: { directory?: Told; calendar?: Told; subscriptions?: Told } = {}): void {
    world.script(({ path }: Asked) => {
      if (path === '/v1.0/subscriptions') return answers.subscriptions ?? { json: { value: [] } };
      if (path === '/v1.0/users') return answers.directory ?? { json: { value: [] } };
      return answers.calendar ?? { json: { ...row(), value: [] } };
    });
  }

  it('before the first look it is starting; then it is ready, with everything that was not refused', async () => {
    await start();
    allow();
    assert.equal(world.graph.status().state, 'starting');
    await world.graph.start();
    const status = await until(({ state }) => state === 'ready');
    assert.deepEqual([status.capabilities, status.gaps], [['calendar', 'notifications', 'directory', 'calendar.write'], []]);
  });

  it('a wrong secret is refused, with what to do, and heals by itself when it is put right', async () => {
    await start();
    allow();
    world.signIn(() => ({ status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000222: expired' } }));
    await world.graph.start();
    const { gaps, capabilities } = await until(({ state }) => state === 'refused');
    assert.deepEqual([capabilities, gaps.length], [[], 1]);
    assert.match(gaps[0]?.remedy ?? '', /expired/);
    world.signIn(null);
    await slept(15_000);
    world.clock.advance(15_000);
    const status = await until(({ state }) => state === 'ready');
    assert.equal(status.since, startAt + 15_000);
  });

  it('Graph away is down, and comes back', async () => {
    await start();
    world.script(() => ({ status: 503 }));
    await world.graph.start();
    assert.equal((await until(({ state }) => state === 'down')).gaps[0]?.capability, 'calendar');
    allow();
    await slept(15_000);
    world.clock.advance(15_000);
    await until(({ state }) => state === 'ready');
  });

  /** Resolves when a sleeper has asked for so many ms. */
  async function slept(ms: number): Promise<void> {
    while (!world.clock.slept.includes(ms)) await new Promise(setImmediate);
  }

  it('a missing right is told by what was tried, never by the token; with a test mailbox at once', async () => {
    await start({ config: { testMailbox: 'ann@contoso.test' } });
    allow({ calendar: refused(403, 'ErrorAccessDenied'), directory: refused(403, 'Authorization_RequestDenied') });
    await world.graph.start();
    const status = await until(({ gaps }) => gaps.length === 2);
    assert.deepEqual(status.gaps.map(({ capability }) => capability), ['calendar', 'directory']);
    assert.match(status.gaps[0]?.remedy ?? '', /Application Calendars\.Read/);
    assert.match(status.gaps[1]?.remedy ?? '', /User\.Read\.All.*admin consent/);
    assert.deepEqual([status.state, status.capabilities], ['refused', []]);
  });

  it('refused in one mailbox and allowed in another: limited, because of the scope, until the mailbox is allowed, too', async () => {
    await start();
    const bob = { ...ann, id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' };
    let isRefused = true;
    world.script(({ path }) => (isRefused && path.includes(bob.id) ? refused(403, 'ErrorAccessDenied') : { json: { ...row(), value: [] } }));
    await world.graph.start();
    await until(({ state }) => state === 'ready');
    await world.graph.calendarSource.event(ann, 'e');
    await assert.rejects(world.graph.calendarSource.event(bob, 'e'));
    const { state, gaps, capabilities } = world.graph.status();
    assert.deepEqual([state, capabilities.includes('calendar')], ['limited', true]);
    assert.match(`${gaps[0]?.reason ?? ''} ${gaps[0]?.remedy ?? ''}`, /for one mailbox, and allows it for others.*scope/);
    isRefused = false;
    await world.graph.calendarSource.event(bob, 'e');
    assert.equal(world.graph.status().state, 'ready');
  });

  it('writing that is refused is no longer offered; switched off it never is', async () => {
    await start();
    world.script(({ method }) => (method === 'PATCH' ? refused(403, 'ErrorAccessDenied') : { json: row() }));
    assert.equal(world.graph.calendarSource.capabilities.write, true);
    await assert.rejects(world.graph.calendarSource.rewrite(ann, 'e', 'v', { location: 'x' }));
    assert.equal(world.graph.calendarSource.capabilities.write, false);
    assert.match(world.graph.status().gaps[0]?.remedy ?? '', /Calendars\.ReadWrite/);
    await world.close();
    await start({ config: { write: false } });
    assert.equal(world.graph.calendarSource.capabilities.write, false);
  });

  it('mailboxes that may not be written to are a gap of the mail, with its remedy and what happens until then', async () => {
    await start();
    world.script(({ path }) => (/\/(?:mailFolders|messages)\b/.test(path) ? refused(403, 'ErrorAccessDenied') : { json: { ...row(), value: [] } }));
    await world.graph.start();
    await until(({ state }) => state === 'ready');
    await assert.rejects(world.graph.mailStore.find(ann, ['a@b']));
    const { state, gaps, capabilities } = world.graph.status();
    assert.deepEqual([state, gaps.map(({ capability }) => capability), capabilities.includes('mail')], ['limited', ['mail'], false]);
    assert.match(gaps[0]?.remedy ?? '', /Application Mail\.ReadWrite.*sendFrom or an smtp connector.*does not reach the phone/);
  });

  it('without https, or switched off, there are no notices; the first is a gap, the second a wish', async () => {
    await start({ publicUrl: 'http://tieline.test' });
    assert.equal(world.graph.calendarSource.capabilities.notifications, false);
    assert.match(world.graph.status().gaps[0]?.remedy ?? '', /https/);
    await world.close();
    await start({ config: { notifications: false } });
    assert.deepEqual([world.graph.calendarSource.capabilities.notifications, world.graph.status().gaps], [false, []]);
  });

  it('subscriptions that lead elsewhere or were made with an older secret are asked for anew after the first contact', async () => {
    await start();
    const value = [
      { id: '1', expirationDateTime: 'x', resource: `/users/${ann.id}/events`, notificationUrl: 'https://old.test/hooks/m365/notifications?key=aaaaaaaa' },
      { id: '2', expirationDateTime: 'x', resource: '/users/bob/events', notificationUrl: 'https://old.test/hooks/other/notifications' },
      { id: '3', expirationDateTime: 'x', resource: '/users/carl/messages', notificationUrl: 'https://old.test/hooks/m365/notifications' },
    ];
    allow({ subscriptions: { json: { value } } });
    await world.graph.start();
    await slept(150_000);
    assert.deepEqual(world.marked, [{ kind: 'calendar.subscription', key: `m365/${ann.id}` }]);
  });

  it('stops at once while it waits or asks, and leaves nothing behind', async () => {
    await start();
    world.script(() => 'hang');
    await world.graph.start();
    await world.arrived(1);
    await world.graph.stop();
    assert.equal(world.graph.status().state, 'starting');
  });
});
