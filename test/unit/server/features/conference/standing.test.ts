import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { conferenceSettings } from '../../../../../contract/conference/settings.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { anEvent } from '../../../../support/conference.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, joinBase, mailbox, minute, start, type ConferenceWorld } from '../../../../support/conference-world.ts';

const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();
const ben: Caller = { ...anna, personId: 'ben', name: 'Ben', address: 'ben@example.com' };

describe('personal room: one link, many meetings', () => {
  let world: ConferenceWorld;
  let names = 0;

  conferenceSuite((made) => ({ world } = made));

  const read = async (id: string) => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).conference;
  const ask = async (code: string) => {
    const verdict = await world.feature.admission('default').decideByCode(code, { instance: 'pbx', number: '+49301', callId: '1' });
    return verdict.admit ? (verdict.waitsForHost ? 'waits' : 'in') : verdict.refusal;
  };
  /** An event of Anna's calendar that carries the link, and everything that follows from it. */
  async function put(id: string, from: number, to: number, more: Partial<ReturnType<typeof anEvent>> = {}, name = `event-${(names += 1)}`): Promise<string> {
    world.calendar.put(anEvent({
      id: name, mailbox, startsAt: start + from * minute, endsAt: start + to * minute, iCalUId: `uid-${name}`, body: { format: 'html', content: `<a href="${joinBase}${id}">Join</a>` }, ...more,
    }));
    await seen(name);
    return name;
  }
  async function seen(name: string): Promise<void> {
    const eventId = world.calendar.idOf(name);
    if (eventId === undefined) return;
    await world.deps.calendars.readLater('default', mailbox, eventId, 0);
    await world.work();
  }

  it('is made once, stands on the bridge, and is the same every time and for every press', async () => {
    const all = await Promise.all([1, 2, 3].map(() => holdIn(world, { room: 'personal', subject: 'Secret' })));
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
    const [room] = all;
    assert.ok(room);
    assert.deepEqual([room.isStanding, room.state, room.subject], [true, 'scheduled', null]);
    await world.work();
    assert.equal((await read(room.id)).bridge.state, 'agreed');
    assert.notEqual((await holdIn(world, { room: 'personal' }, ben)).id, room.id, 'another person has another');
    assert.notEqual((await holdIn(world, { room: 'fresh' })).id, room.id);
  });

  it('follows the setting of its owner, and is nobody else\'s to use', async () => {
    world.deps.settingsOf = async () => ({ ...conferenceSettings.standard, room: 'personal' });
    assert.equal((await holdIn(world)).isStanding, true);
    assert.equal((await holdIn(world, { owner: 'boss@example.com' })).isStanding, false, 'a delegate gets a room of its own');
    const refused = await holdIn(world, { owner: 'boss@example.com', room: 'personal' }).catch((error: unknown) => error);
    assert.ok(refused instanceof UserError && refused.problem.code === 'room-not-yours');
  });

  it('is shut without a meeting; open, with guests waiting for their host, while any event carries it', async () => {
    const room = await holdIn(world, { room: 'personal' });
    assert.equal(await ask(room.accessCode), 'ended');
    await put(room.id, 60, 90);
    assert.equal(await ask(room.accessCode), 'too-early');
    await put(room.id, 5, 30);
    assert.deepEqual([await ask(room.accessCode), await ask(room.hostCode ?? '')], ['waits', 'in']);
    assert.equal((await read(room.id)).startsAt, at(5), 'the list shows the next one');
    world.clock.advance(65 * minute);
    assert.equal(await ask(room.accessCode), 'waits', 'the other event');
    world.clock.advance(120 * minute);
    assert.equal(await ask(room.accessCode), 'ended');
    assert.equal((await read(room.id)).state, 'scheduled', 'and the room stands');
  });

  for (const [name, undo] of [
    ['deleted', (event: string) => world.calendar.remove(event)],
    ['cancelled', (event: string, id: string) => put(id, 0, 30, { isCancelled: true }, event)],
    ['sent without the link', (event: string) => put('', 0, 30, { body: { format: 'html', content: 'no link' } }, event)],
  ] as const) {
    it(`an event that is ${name} shuts its door, and no other event's`, async () => {
      const room = await holdIn(world, { room: 'personal' });
      const later = await put(room.id, 200, 230);
      const event = await put(room.id, 0, 30);
      const eventId = world.calendar.idOf(event) ?? '';
      assert.equal(await ask(room.accessCode), 'waits');
      await undo(event, room.id);
      await world.deps.calendars.readLater('default', mailbox, eventId, 0);
      await world.work();
      assert.equal(await ask(room.accessCode), 'too-early');
      assert.ok(world.calendar.idOf(later));
    });
  }

  it('moves with its event', async () => {
    const room = await holdIn(world, { room: 'personal' });
    const event = await put(room.id, 0, 30);
    await put(room.id, 100, 130, {}, event);
    assert.equal(await ask(room.accessCode), 'too-early');
  });

  it('an event in another calendar, somebody else\'s, or a draft opens nothing', async () => {
    const room = await holdIn(world, { room: 'personal' });
    await put(room.id, 0, 30, { isOrganizer: false, organizer: { name: 'Eve', address: 'eve@example.com' } });
    await put(room.id, 0, 30, { isDraft: true });
    assert.equal(await ask(room.accessCode), 'ended');
  });

  it('the send handler\'s word opens it until the calendar speaks, and no longer than its time', async () => {
    const room = await holdIn(world, { room: 'personal' });
    await sendIn(world, room.id, { startsAt: at(0), endsAt: at(30) });
    assert.equal(await ask(room.accessCode), 'waits');
    for (let minutes = 0; minutes <= 11; minutes++) {
      await world.work();
      world.clock.advance(minute);
    }
    await world.work();
    assert.equal(await ask(room.accessCode), 'ended', 'never sent');
    await sendIn(world, room.id, { startsAt: at(10), endsAt: at(60) });
    await put(room.id, 10, 60);
    for (let minutes = 0; minutes <= 11; minutes++) {
      await world.work();
      world.clock.advance(minute);
    }
    assert.equal(await ask(room.accessCode), 'waits', 'the calendar has confirmed it');
  });

  it('with every notification lost, an event that went away is found out by the daily look', async () => {
    const room = await holdIn(world, { room: 'personal' });
    const event = await put(room.id, 60 * 24 * 30, 60 * 24 * 30 + 30);
    assert.equal(await ask(room.accessCode), 'too-early');
    world.calendar.remove(event);
    await world.work();
    world.clock.advance(world.deps.policy.rereadMs + minute);
    await world.work();
    assert.equal(await ask(room.accessCode), 'ended');
  });

  it('guests always wait for a host: the lobby cannot be switched off; taking it out of an invite leaves the room', async () => {
    const room = await holdIn(world, { room: 'personal' });
    const { version } = await read(room.id);
    const refused = await Promise.resolve(world.feature.handlers.change({ params: { id: room.id }, query: {}, body: { version, lobby: false } }, anna)).catch((error: unknown) => error);
    assert.ok(refused instanceof UserError && refused.problem.code === 'room-needs-host' && refused.problem.remedy);
    const { conference } = await world.feature.handlers.release({ params: { id: room.id }, query: {}, body: {} }, anna);
    assert.equal(conference.state, 'scheduled');
  });
});
