import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { addinId } from '../../../../../server/domain/addin-id.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const tenant = 'default';
const nothing = { params: {}, query: {}, body: {} };

function caller(personId: string): Caller {
  return { tenantId: tenant, personId, name: personId, address: `${personId}@example.com`, roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };
}

describe('availability of many people', () => {
  const emptied = suiteStore();
  let world: AvailabilityWorld;
  beforeEach(async () => {
    world = await createWorld(emptied());
  });
  afterEach(() => world.clock.stop());

  it('is told by address, in one reading, with who is a stranger and who is only not known yet', async () => {
    const strangers = Array.from({ length: 490 }, (_, n) => `x${n}@partner.example`);
    const addresses = [' Anna@Example.com', 'new@example.com', 'not an address', ...strangers, ' Anna@Example.com', 'jonas@example.com'];
    world.readings.length = 0;
    const { people } = await world.feature.handlers.people({ ...nothing, body: { addresses } }, caller('jonas'));
    assert.equal(people.length, 494);
    assert.deepEqual(people.slice(0, 4).map(({ where, availability }) => [where, availability?.name]), [['member', 'Anna Berger'], ['inside', undefined], ['outside', undefined], ['outside', undefined]]);
    assert.deepEqual([people.at(-1)?.where, people.at(-1)?.availability?.missing], ['member', ['mailbox', 'line']]);
    assert.deepEqual(world.readings, [2]);
  });

  it('is read once for all streams that ask in the same moment, and again for whoever asks later', async () => {
    const read = (viewer: string): Promise<unknown> => world.feature.snapshot(tenant, viewer, `availability:${anna}`);
    world.readings.length = 0;
    const seen = await Promise.all([...Array.from({ length: 200 }, (_, n) => read(`viewer ${n}`)), world.feature.snapshot(tenant, anna, 'availability:nobody')]);
    assert.deepEqual([world.readings, seen.at(-1)], [[2], null]);
    await read('later');
    assert.deepEqual(world.readings, [2, 1]);
    assert.equal(await world.feature.snapshot(tenant, anna, 'conference:1'), undefined);
  });

  it('says since when somebody is on the phone', async () => {
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
    await world.turn(4 * minute);
    const { people } = await world.feature.handlers.people({ ...nothing, body: { addresses: ['anna@example.com'] } }, caller('jonas'));
    assert.deepEqual([people[0]?.availability?.onThePhone, people[0]?.availability?.onThePhoneSince], [true, new Date(start).toISOString()]);
  });
});

describe('a state that is chosen in an invite', () => {
  const emptied = suiteStore();
  let world: AvailabilityWorld;
  let carried: Map<string, string>;
  let asked: number;
  beforeEach(async () => {
    world = await createWorld(emptied());
    carried = new Map();
    asked = 0;
    Object.assign(world.memory.port, {
      async carried(_mailbox: unknown, id: string) {
        asked += 1;
        return carried.get(id) ?? null;
      },
    });
  });
  afterEach(() => world.clock.stop());

  const key = crypto.randomUUID();
  const wish = (availability: 'doNotDisturb' | null): Promise<unknown> => world.feature.handlers.wish({ params: { key }, query: {}, body: { availability } }, caller(anna));
  function meet(change: object = {}): string {
    return world.memory.events.add(mailbox.id, { startsAt: start + hour, endsAt: start + 2 * hour, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: crypto.randomUUID(), ...change });
  }
  async function face(): Promise<string | undefined> {
    return (await findPersonState(emptied().db, tenant, anna))?.state.face;
  }

  it('is taken from the item at its first sight, once, and begins with the meeting', async () => {
    await wish('doNotDisturb');
    const id = meet();
    carried.set(id, JSON.stringify({ key, availability: 'doNotDisturb' }));
    await world.work();
    assert.equal(asked, 1);
    await world.turn(hour - 1);
    assert.equal(await face(), 'available');
    await world.turn(1);
    assert.equal(await face(), 'doNotDisturb');
    world.memory.events.change(mailbox.id, id, { endsAt: start + 3 * hour });
    await world.work();
    assert.equal(asked, 1, 'seen once, the server’s row counts');
  });

  it('costs nothing for whoever chose nothing, and for others’ meetings', async () => {
    meet();
    await world.work();
    await wish('doNotDisturb');
    meet({ isOrganizer: false, response: 'accepted' });
    await world.work();
    await wish(null);
    meet();
    await world.work();
    assert.equal(asked, 0);
  });

  it('is hostile text until it is read, and what nobody wished for does not count', async () => {
    await wish('doNotDisturb');
    carried.set(meet(), '{"key": 7');
    carried.set(meet(), JSON.stringify({ key: crypto.randomUUID(), availability: 'doNotDisturb' }));
    carried.set(meet(), JSON.stringify({ key, availability: 'invisible' }));
    assert.deepEqual(await world.work(), []);
    await world.turn(hour);
    assert.equal(await face(), 'busy');
  });

  it('can be chosen in the copy in one’s own calendar, by its item: a series as a whole, an occurrence alone', async () => {
    const day = 24 * hour;
    const single = meet();
    const series = meet({ startsAt: start + 3 * hour, endsAt: start + 4 * hour, starts: [start + 3 * hour, start + 3 * hour + day] });
    await world.work();
    const { handlers } = world.feature;
    const choose = (itemId: string, availability: 'away' | 'doNotDisturb' | null): Promise<unknown> => handlers.chooseForMeeting({ ...nothing, body: { itemId, originalStart: null, availability } }, caller(anna));
    const chosen = async (itemId: string): Promise<unknown> => (await handlers.ofMeeting({ ...nothing, query: { itemId } }, caller(anna))).chosen;
    const [, second] = world.memory.events.parts(mailbox.id, series);
    assert.ok(second);
    await choose(single, 'doNotDisturb');
    await choose(series, 'away');
    await choose(second.id, 'doNotDisturb');
    assert.deepEqual([await chosen(single), await chosen(series), await chosen(second.id)], ['doNotDisturb', 'away', 'doNotDisturb']);
    await choose(second.id, null);
    assert.deepEqual([await chosen(second.id), await chosen(series)], [null, 'away']);
    const refused = (code: string) => (error: unknown): boolean => error instanceof UserError && error.problem.code === code;
    await assert.rejects(choose('nowhere', 'away'), refused('meeting-unknown'));
    await assert.rejects(Promise.resolve(handlers.chooseForMeeting({ ...nothing, body: { itemId: single, originalStart: null, availability: 'away' } }, caller('jonas'))), refused('no-calendar'));
    await assert.rejects(Promise.resolve(handlers.ofMeeting({ ...nothing, query: {} }, caller(anna))), refused('invalid-request'));
  });

  it('of a guest, in their own copy: begins and ends with the meeting, is moved with it through a restart, and a meeting that is called off brings nothing', async () => {
    const { handlers } = world.feature;
    const guest = (from: number, iCalUId: string) => meet({ isOrganizer: false, response: 'accepted', iCalUId, startsAt: start + from, endsAt: start + from + hour });
    const [first, second] = [guest(hour, 'first'), guest(5 * hour, 'second')];
    await world.work();
    for (const itemId of [first, second]) await handlers.chooseForMeeting({ ...nothing, body: { itemId, originalStart: null, availability: 'away' } }, caller(anna));
    await world.turn(2_000);
    world.memory.events.change(mailbox.id, first, { startsAt: start + 2 * hour, endsAt: start + 3 * hour });
    world.crash();
    await world.work();
    await world.turn(hour - 2_000);
    assert.equal(await face(), 'available');
    await world.turn(hour);
    assert.deepEqual([await face(), world.told.at(-1)?.availability], ['away', 'away']);
    await world.turn(hour);
    assert.deepEqual([await face(), world.told.at(-1)?.availability], ['available', 'available']);
    world.memory.events.change(mailbox.id, second, { isCancelled: true });
    await world.turn(2 * hour);
    assert.equal(await face(), 'available');
  });

  it('lies under the name of the add-in that the manifest names', async () => {
    assert.ok((await readFile(new URL('../../../../../manifest.xml', import.meta.url), 'utf8')).includes(`<Id>${addinId}</Id>`));
  });
});
