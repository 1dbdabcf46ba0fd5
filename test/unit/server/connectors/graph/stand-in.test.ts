import assert from 'node:assert/strict';
import { app, ada, bob } from '../../../../support/lab-mail.ts';
import { startGraphLab } from '../../../../contract/graph-calendar.ts';
import type { GraphLab } from '../../../../contract/graph-calendar.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { MailboxProfile } from '../../../../../server/ports/calendar-source.ts';

const monday = Date.parse('2026-03-23T08:00:00Z');
const hour = 3_600_000;

async function faultOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(() => assert.fail('no error'), (cause: unknown) => cause);
  assert.ok(error instanceof TheirError, String(error));
  return error.fault;
}

/** The connector and the stand-in of Graph in its rude moods. */
describe('graph: over the stand-in, when things go wrong', () => {
  let world: GraphLab;
  afterEach(async () => world.stop());

  async function start(options?: Parameters<typeof startGraphLab>[0]): Promise<MailboxProfile> {
    world = await startGraphLab(options);
    return (await world.graph.calendarSource.findMailbox(ada)) ?? assert.fail('no mailbox');
  }

  function write(): string {
    return world.lab.exchange.send(ada, { subject: 'Weekly', start: monday, end: monday + hour, zone: 'Europe/Berlin', attendees: [{ address: bob }] }).id;
  }

  /** Turns the clock once the connector has begun to wait before it asks again. */
  async function afterPause<T>(run: Promise<T>): Promise<T> {
    while (!world.logged.includes('Graph is asked again')) await new Promise(setImmediate);
    world.lab.clock.advance(5_000);
    return run;
  }

  for (const pause of ['2', '0.249']) {
    it(`429 with Retry-After ${pause} is waited out`, async () => {
      const mailbox = await start();
      const id = write();
      world.lab.graph.faults.throttle(pause, {}, 1);
      assert.equal((await afterPause(world.graph.calendarSource.event(mailbox, id)))?.id, id);
    });
  }

  it('a subscription whose answer was lost is not lost for ever: the next try clears it away', async () => {
    const mailbox = await start();
    world.lab.graph.faults.loseReply(504, { method: 'POST' }, 1);
    assert.equal(await faultOf(world.graph.calendarSource.subscribe(mailbox)), 'unavailable');
    assert.equal(world.lab.graph.subscriptions().length, 1);
    const { id } = await world.graph.calendarSource.subscribe(mailbox);
    assert.deepEqual(world.lab.graph.subscriptions().map((each) => each.id), [id]);
  });

  it('a write whose answer was lost is done once, attendees are mailed once, and the caller is told to look', async () => {
    const mailbox = await start();
    const id = write();
    const { version } = (await world.graph.calendarSource.event(mailbox, id)) ?? assert.fail();
    const mails = world.lab.graph.mails.length;
    world.lab.graph.faults.loseReply(504, { method: 'PATCH' }, 1);
    assert.equal(await faultOf(world.graph.calendarSource.rewrite(mailbox, id, version, { location: 'Tieline' })), 'refused');
    assert.equal((await world.graph.calendarSource.event(mailbox, id))?.location, 'Tieline');
    assert.equal(world.lab.graph.mails.length, mails + 1);
  });

  it('a mailbox is found by a secondary address, which is nobody’s sign-in name', async () => {
    await start();
    const { id } = world.lab.exchange.addPerson({ name: 'Cleo Ray', address: 'cleo@contoso.test', timeZone: 'Europe/London', aliases: ['C.Ray@contoso.test'] });
    const found = await world.graph.calendarSource.findMailbox('c.ray@contoso.test');
    assert.deepEqual([found?.id, found?.addresses], [id, ['cleo@contoso.test', 'c.ray@contoso.test']]);
    assert.equal(await world.graph.calendarSource.findMailbox('d.ray@contoso.test'), null);
  });

  it('a mailbox that is gone is an error, not a calendar in which everything was deleted', async () => {
    const mailbox = await start();
    const id = write();
    const { cursor } = await world.graph.calendarSource.changes(mailbox, null, { from: monday, to: monday + hour });
    world.lab.graph.faults.mailboxGone(mailbox.id);
    assert.equal(await faultOf(world.graph.calendarSource.event(mailbox, id)), 'gone');
    assert.equal(await faultOf(world.graph.calendarSource.changes(mailbox, cursor, { from: monday, to: monday + hour })), 'gone');
  });

  it('rights that Exchange gives to some mailboxes, and that stand in no token, are used and told', async () => {
    const mailbox = await start({ more: { apps: [{ ...app, roles: ['User.Read.All'] }], graph: { exchangeRoles: { [app.clientId]: { roles: ['Calendars.Read'], mailboxes: [ada] } } } } });
    const id = write();
    const copy = world.lab.exchange.list(bob)[0]?.id ?? assert.fail();
    const other = (await world.graph.calendarSource.findMailbox(bob)) ?? assert.fail();
    assert.equal((await world.graph.calendarSource.event(mailbox, id))?.id, id);
    assert.equal(await faultOf(world.graph.calendarSource.event(other, copy)), 'denied');
    assert.equal(await faultOf(world.graph.calendarSource.rewrite(mailbox, id, 'W/"x"', { location: 'x' })), 'denied');
    assert.deepEqual(world.graph.status().gaps.map(({ capability }) => capability), ['calendar', 'calendar.write']);
    assert.ok(world.logged.includes('Graph refuses a right'));
  });

  it('twice, shuffled and late notices name the same mailboxes; a lost subscription is told, and asked for anew', async () => {
    const mailbox = await start();
    const { id: subscription } = await world.graph.calendarSource.subscribe(mailbox);
    Object.assign(world.lab.graph.faults.notifications, { twice: true, shuffled: true, lateMs: 4_000 });
    const ids = [write(), write()];
    while (world.marked.length < 4) {
      world.lab.clock.advance(5);
      await new Promise(setImmediate);
    }
    while (world.lab.graph.pendingNotifications() > 0) await new Promise(setImmediate);
    assert.deepEqual([...new Set(world.marked.map(({ kind, key }) => `${kind} ${key}`))].toSorted(), ids.map((id) => `calendar.event m365/${mailbox.id}/${id}`).toSorted());
    world.lab.graph.faults.mend();
    world.marked.length = 0;
    world.lab.graph.lifecycle('subscriptionRemoved', subscription);
    world.lab.clock.advance(200);
    while (world.lab.graph.pendingNotifications() > 0) await new Promise(setImmediate);
    assert.deepEqual(world.marked.map(({ kind }) => kind).toSorted(), ['calendar.subscription', 'calendar.sweep']);
  });

  it('no budget of Graph is overrun by many calls at once', async () => {
    const mailbox = await start();
    const ids = Array.from({ length: 40 }, write);
    const events = await Promise.all(ids.map((id) => world.graph.calendarSource.event(mailbox, id)));
    assert.deepEqual(events.map((event) => event?.id), ids);
    assert.equal(world.lab.graph.log.entries.filter(({ status }) => status === 429).length, 0);
  });
});
