import assert from 'node:assert/strict';
import { anna, createConferenceWorld, joinBase, minute, start, type ConferenceWorld } from '../support/conference-world.ts';
import { anEvent } from '../support/conference.ts';
import { testStore } from '../support/database.ts';
import type { CalendarEffect } from '../../server/calendars/index.ts';
import type { EffectName } from '../../server/features/conference/deps.ts';
import type { Store } from '../../server/store/connect.ts';

/** The process dies at this instant: nothing after it runs. */
class Crash extends Error {}

const begins = start + 8 * minute;
const facts = { subject: 'Weekly logistics', startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 45 * minute).toISOString(), timeZone: 'Europe/Berlin' };

/** A client that asks again until it is answered, as ours does: what was not acknowledged is repeated with the same key. */
async function untilAnswered<T>(world: ConferenceWorld, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      world.crash();
    }
  }
  throw new Error('never answered');
}

async function allWork(world: ConferenceWorld): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const failures = await world.work();
    if (failures.length === 0) return;
    assert.ok(failures.every((each) => each instanceof Crash), String(failures[0]));
    world.crash();
    world.clock.advance(2000);
  }
  throw new Error('work keeps failing');
}

/** Hold, send, a change in the calendar, cancel: the whole life of a conference. Returns its id. */
async function life(world: ConferenceWorld, key: string): Promise<string> {
  const hold = { params: {}, query: {}, body: { idempotencyKey: key, language: 'en', ...facts } };
  const { conference } = await untilAnswered(world, () => world.feature.handlers.hold(hold, anna));
  const { id } = conference;
  const body = { format: 'html' as const, content: `<a href="${joinBase}${id}">Join</a>` };
  await allWork(world);
  await untilAnswered(world, () => world.feature.handlers.commit({ params: { id }, query: {}, body: facts }, anna));
  world.calendar.put(anEvent({ id: key, iCalUId: key, startsAt: begins, endsAt: begins + 45 * minute, body, version: 'v1' }));
  world.clock.advance(20_000);
  await allWork(world);
  world.calendar.put(anEvent({ id: key, iCalUId: key, startsAt: begins + 60 * minute, endsAt: begins + 105 * minute, body, version: 'v2' }));
  await notice(world);
  world.calendar.remove(key);
  await notice(world);
  return id;
}

/** The calendar tells that something changed. */
async function notice(world: ConferenceWorld): Promise<void> {
  world.clock.advance(6 * 60 * minute);
  await allWork(world);
}

describe('conference: dies at every effect, and nothing acknowledged is lost', () => {
  let store: Store;
  let close: () => Promise<void>;
  const effects: (EffectName | CalendarEffect)[] = [];

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await store.db.insertInto('tenant').values({ tenant_id: 'default', name: 'Test', created_at: new Date(start) }).onConflict((each) => each.doNothing()).execute();
    const world = createConferenceWorld(store);
    world.onEffect = (name, run) => {
      effects.push(name);
      return run();
    };
    await life(world, crypto.randomUUID());
  });

  after(async () => close());

  it('walks through every effect of hold, commit, update and cancel', () => {
    const walked = new Set(effects);
    for (const name of ['hold.write', 'calendar.subscribe', 'calendar.watch.write', 'calendar.read', 'calendar.sweep.write', 'commit.write', 'bridge.ensure', 'bridge.agreed.write', 'seen.write', 'bridge.close', 'bridge.closed.write'] as const) {
      assert.ok(walked.has(name), `never walked: ${name}`);
    }
  });

  for (const side of ['before', 'after'] as const) {
    it(`ends the same when the process dies ${side} any of them`, async function () {
      this.timeout(90_000);
      for (let at = 0; at < effects.length; at++) {
        await store.db.deleteFrom('calendar_watch').execute();
        await store.db.deleteFrom('work').execute();
        const world = createConferenceWorld(store);
        let count = 0;
        let hasDied = false;
        // Dead is dead: until the world is built anew nothing has an effect any more.
        let dead: ConferenceWorld['deps'] | null = null;
        world.onEffect = async (_name, run) => {
          if (dead !== null && dead === world.deps) throw new Crash('dead');
          const isHere = count++ === at && !hasDied;
          if (isHere) [hasDied, dead] = [true, world.deps];
          if (isHere && side === 'before') throw new Crash('before');
          const result = await run();
          if (isHere) throw new Crash('after');
          return result;
        };
        const key = crypto.randomUUID();
        const id = await life(world, key);
        assert.ok(hasDied, `effect ${at} was not reached`);
        const rows = await store.db.selectFrom('conference').selectAll().where('idempotency_key', '=', key).execute();
        assert.equal(rows.length, 1, `${effects[at]}: made ${rows.length} conferences`);
        assert.equal(rows[0]?.id, id);
        assert.equal(rows[0]?.state, 'cancelled', `dead ${side} ${effects[at]} (${at})`);
        assert.equal(rows[0]?.bridge_state, 'closed', `dead ${side} ${effects[at]} (${at})`);
        assert.equal(rows[0]?.starts_at?.getTime(), begins + 60 * minute, 'the move in the calendar arrived');
        const codes = await store.db.selectFrom('conference_code').selectAll().where('conference_id', '=', id).execute();
        assert.equal(codes.length, 2);
        assert.ok(world.bridge.wasAsked('ensure', rows[0].room) && world.bridge.wasAsked('close', rows[0].room));
      }
    });
  }
});
