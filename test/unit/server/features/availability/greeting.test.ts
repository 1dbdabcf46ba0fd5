import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { memoryGreetings } from './memory-greetings.ts';
import { anna, createWorld, mailbox, minute, start, type AvailabilityWorld } from './world.ts';

const hour = 60 * minute;
const caller: Caller = { tenantId: '', personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('greetings by the calendar', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let count = 0;
  let world: AvailabilityWorld;
  let greetings: ReturnType<typeof memoryGreetings>;

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    count += 1;
    caller.tenantId = `greeted-${count}`;
    world = await createWorld(store, caller.tenantId);
    greetings = memoryGreetings();
    world.greetings.push(greetings);
    world.crash();
    world.memory.events.add(mailbox.id, { startsAt: start + hour, endsAt: start + 3 * hour, subject: 'Operation in hospital', showAs: 'oof', isPrivate: true, sensitivity: 'private', isOrganizer: true, response: 'organizer', iCalUId: 'uid-x' });
    await world.work();
  });
  afterEach(() => world.clock.stop());
  after(() => opened.close());

  const plays = (language: string, extension = '201') => world.feature.greetings(caller.tenantId).greetingFor({ instance: 'pbx', extension, language });
  const view = async (language: string) => (await world.feature.greetingHandlers.greeting({ params: {}, query: { language }, body: {} }, caller)).greeting;

  it('are spoken when the state begins, in each language, say when it ends, and never what it is called', async () => {
    assert.equal(await plays('en'), null, 'available people have their own');
    await world.turn(hour);
    await world.turn(2_000);
    assert.deepEqual(greetings.said, ['Hello. Anna Berger is out of the office until 12:00. Please leave a message after the tone.', 'Guten Tag. Anna Berger ist nicht im Haus, bis 12:00 Uhr. Bitte sprechen Sie nach dem Ton.']);
    assert.match((await plays('en')) ?? '', /^tieline\/greetings\/en-[0-9a-f]{32}$/);
    assert.match((await plays('de')) ?? '', /^tieline\/greetings\/de-/);
    assert.match((await plays('fr')) ?? '', /^tieline\/greetings\/en-/);
    assert.equal(await plays('en', '999'), null, 'nobody owns that extension');
    assert.ok(!JSON.stringify([greetings.said, await view('en')]).includes('hospital'));
    const listened = await world.feature.greetingSound(caller.tenantId, anna, 'de');
    assert.deepEqual([listened.contentType, listened.length], ['audio/wav', 44 + 16_000]);
  });

  it('promise nobody a time at which another absence begins, also one that is entered while the first lasts', async () => {
    await world.turn(hour);
    await world.turn(2_000);
    assert.match((await view('en')).text ?? '', /until 12:00/);
    world.memory.events.add(mailbox.id, { startsAt: start + 3 * hour, endsAt: start + 5 * hour, subject: 'Budget', showAs: 'busy', isOrganizer: true, response: 'organizer', iCalUId: 'uid-y' });
    await world.turn(5_000);
    await world.turn(2_000);
    assert.equal((await view('en')).text, 'Hello. Anna Berger is out of the office. Please leave a message after the tone.');
    assert.notEqual(await plays('en'), null, 'it was spoken anew at once');
    assert.match(world.told.at(-1)?.text ?? '', /until 12:00 \(Busy\)|bis 12:00 \(Besch/, 'the display says what comes');
  });

  it('give way to the own recording when the voice is away, and are there when it is back', async () => {
    greetings.fails = true;
    world.clock.advance(hour);
    assert.match(String((await world.work())[0]), /the voice is missing/);
    assert.equal(await plays('en'), null);
    assert.deepEqual([(await view('en')).isReady, (await view('en')).missing], [false, 'voice']);
    await assert.rejects(world.feature.greetingSound(caller.tenantId, anna, 'en'), /no spoken greeting/);
    greetings.fails = false;
    await world.turn(2_000);
    assert.notEqual(await plays('en'), null);
    assert.deepEqual((await view('de')).missing, null);
  });

  it('are not played any more at the very second at which the state ends, whether we have looked or not', async () => {
    await world.turn(hour);
    await world.turn(2_000);
    world.clock.advance(2 * hour - 2_001);
    assert.notEqual(await plays('en'), null);
    world.clock.advance(1);
    assert.equal((await findPersonState(store.db, caller.tenantId, anna))?.state.face, 'outOfOffice');
    assert.equal(await plays('en'), null);
  });

  it('follow the settings: a recorded prompt, or always the own', async () => {
    world.values = { ...world.values, greetings: { ...world.values.greetings, outOfOffice: 'prompt:tieline/closed' } };
    await world.turn(hour);
    assert.equal(await plays('de'), 'tieline/closed');
    assert.deepEqual([(await view('de')).kind, (await view('de')).sound], ['prompt', 'tieline/closed']);
    world.values = { ...world.values, greetings: { ...world.values.greetings, outOfOffice: 'own' } };
    assert.equal(await plays('de'), null);
    assert.deepEqual(greetings.said, []);
  });
});
