import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { wavHeader } from '../../../../../server/audio/wav-header.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import type { AvailabilityEffect } from '../../../../../server/features/availability/deps.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { testStore } from '../../../../support/database.ts';
import { anna, createWorld, minute, start, type AvailabilityWorld } from './world.ts';

const caller: Caller = { tenantId: '', personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('dying between a state and what is told of it', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let world: AvailabilityWorld;
  let spoken: Map<string, Uint8Array>;
  let count = 0;

  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  beforeEach(async () => {
    count += 1;
    // Of the tests before: their people would be told, too.
    await store.db.deleteFrom('work').execute();
    caller.tenantId = `dying-${count}`;
    world = await createWorld(store, caller.tenantId);
    spoken = new Map();
    const data = Buffer.alloc(8_000, 1);
    world.greetings.push({
      instance: 'pbx', languages: ['en'], hasVoice: true, voiceFails: () => false, soundOf: (name) => name, forget: async () => undefined, recorded: async () => null,
      speak: async () => Buffer.concat([wavHeader({ tag: 1, channels: 1, sampleRate: 8_000, bitsPerSample: 16, dataBytes: data.length }), data]),
      has: async (name) => spoken.has(name), read: async (name) => spoken.get(name) ?? null, put: async (name, wav) => void spoken.set(name, wav),
    });
    world.crash();
  });
  afterEach(() => world.clock.stop());
  after(() => opened.close());

  /** An absence that is spoken, a call, and a choice by hand. Whoever is told that something failed does it again, as people and phone systems do. */
  async function live(): Promise<void> {
    world.absence.isAway = true;
    world.absence.current = { zone: 'Europe/Berlin', outOfOffice: { from: start, to: start + 24 * 60 * minute } };
    await world.turn(5 * minute);
    await world.turn(2_000);
    world.busy.add('PJSIP/201');
    await again(() => world.say({ type: 'resync', at: world.clock.now() }));
    await world.turn(5_000);
    await again(() => world.feature.handlers.choose({ params: {}, query: {}, body: { face: 'doNotDisturb', title: null, until: null } }, caller));
    await world.turn(2_000);
    await world.turn(2_000);
  }

  async function again(step: () => Promise<unknown>): Promise<void> {
    await step().catch(async () => {
      world.crash();
      await step();
    });
  }

  const points: AvailabilityEffect[] = ['availability.absence', 'availability.greeting', 'availability.phone.write', 'availability.dot', 'availability.dot.write', 'availability.choose.write', 'availability.show', 'availability.shown.write'];
  for (const point of points) {
    for (const when of ['before', 'after'] as const) {
      it(`${when} ${point}: the phone, the dot and the greeting are right in the end`, async () => {
        let died = 0;
        world.onEffect = async (name, run) => {
          if (name !== point || died > 0) return run();
          died += 1;
          if (when === 'after') await run();
          throw new TheirError('process', 'no-answer', 'died');
        };
        await live();
        assert.equal(died, 1, 'the point was not reached');
        assert.deepEqual([world.told.at(-1)?.face, world.dots.told.at(-1)], ['doNotDisturb', 'in call']);
        assert.ok(world.told.some(({ face }) => face === 'outOfOffice'), 'the absence was shown before');
        assert.equal(spoken.size, 1);
        const { availability } = await world.feature.handlers.mine({ params: {}, query: {}, body: {} }, caller);
        assert.deepEqual([availability.state.face, availability.onThePhone], ['doNotDisturb', true]);
      });
    }
  }

  for (const fault of ['denied', 'gone', 'refused'] as const) {
    it(`a presence service that answers "${fault}" is left alone until the next call, and the phone is told all the same`, async () => {
      let asked = 0;
      world.onEffect = async (name, run) => {
        if (name !== 'availability.dot') return run();
        asked += 1;
        throw new TheirError('m365', fault, 'no licence');
      };
      await live();
      for (let hour = 0; hour < 3; hour++) await world.turn(60 * minute);
      assert.deepEqual([asked, world.dots.told, world.told.at(-1)?.face], [1, [], 'doNotDisturb']);
      await world.say({ type: 'device', device: 'PJSIP/201', isBusy: false, at: start });
      await world.turn(5_000);
      await world.say({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
      await world.turn(5_000);
      assert.equal(asked, 2);
    });
  }

  it('a presence service that asks for a pause is asked again, with what is true by then', async () => {
    let isBusy = true;
    world.onEffect = (_name, run) => (isBusy && _name === 'availability.dot' ? Promise.reject(new TheirError('m365', 'throttled', 'pause', { retryAfterMs: 500 })) : run());
    await live();
    assert.deepEqual(world.dots.told, []);
    isBusy = false;
    await world.say({ type: 'device', device: 'PJSIP/201', isBusy: false, at: start });
    await world.turn(5_000);
    assert.deepEqual(world.dots.told, [], 'the call is over: there is nothing to tell any more');
  });
});
