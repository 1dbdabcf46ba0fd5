import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { listenTo } from '../../../../../server/features/availability/phone/listen.ts';
import { findPersonState } from '../../../../../server/features/availability/rows.ts';
import type { PhoneEvent, PresenceTarget } from '../../../../../server/ports/presence-target.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { until } from '../../../../support/until.ts';
import { anna, createWorld, start, type AvailabilityWorld } from './world.ts';

const tenant = 'default';
const caller: Caller = { tenantId: tenant, personId: anna, name: 'Anna Berger', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };

describe('a phone system that was away', () => {
  const emptied = suiteStore();
  let store: Store;
  let world: AvailabilityWorld;
  beforeEach(async () => {
    store = emptied();
    world = await createWorld(store);
    await world.turn(2_000);
  });
  afterEach(() => world.clock.stop());

  const back = () => world.say({ type: 'resync', at: world.clock.now() });
  const choose = (face: 'away' | 'doNotDisturb') => world.feature.handlers.choose({ params: {}, query: {}, body: { face, title: null, until: null } }, caller);
  const now = async (): Promise<string> => {
    const state = await findPersonState(store.db, tenant, anna);
    return `${state?.state.face} by ${state?.why.rule}`;
  };

  describe('whose do-not-disturb key', () => {
    it('was pressed meanwhile: counts, and the same after it was taken back meanwhile', async () => {
      world.keys.set('201', true);
      await back();
      assert.equal(await now(), 'doNotDisturb by until-ended');
      world.keys.set('201', false);
      await back();
      assert.equal(await now(), 'available by nothing-else');
    });

    it('stands as it stood: what its owner chose since is left alone', async () => {
      await world.say({ type: 'do-not-disturb', extension: '201', isOn: true, at: start });
      world.keys.set('201', true);
      await choose('away');
      await back();
      assert.equal(await now(), 'away by until-next-appointment');
    });

    it('was never seen and is off: ends nothing that was chosen elsewhere', async () => {
      await choose('doNotDisturb');
      world.keys.set('201', false);
      await back();
      assert.equal(await now(), 'doNotDisturb by until-ended');
    });

    it('is nobody’s: is left alone', async () => {
      world.keys.set('299', true);
      await back();
      assert.equal(await now(), 'available by nothing-else');
    });

    it('is let go: ends do not disturb, and not the absence that was chosen since', async () => {
      await world.say({ type: 'do-not-disturb', extension: '201', isOn: true, at: start });
      await choose('away');
      await world.say({ type: 'do-not-disturb', extension: '201', isOn: false, at: start });
      assert.equal(await now(), 'away by until-next-appointment');
    });
  });

  it('is told everything again also where it does not say what its phones do', async () => {
    const before = world.told.length;
    world.setPhoneAway(true);
    await assert.rejects(back(), /is away/);
    world.setPhoneAway(false);
    await world.turn(2_000);
    assert.deepEqual(world.told.slice(before).map(({ face }) => face), ['available']);
  });

  describe('through its ear', () => {
    let hear: (event: PhoneEvent) => void;
    let asked: number;
    let stop: () => void;
    beforeEach(() => {
      asked = 0;
      const target: PresenceTarget = {
        instance: 'pbx', show: async () => undefined, forget: async () => undefined, doNotDisturbKeys: async () => [],
        async devices() {
          asked += 1;
          return [{ device: 'PJSIP/201', isBusy: world.busy.has('PJSIP/201') }];
        },
        onEvent: (fn) => ((hear = fn), () => undefined),
      };
      stop = listenTo(world.deps, tenant, target);
    });
    afterEach(() => stop());
    const isBusy = async (): Promise<boolean | null> => (await world.feature.handlers.mine({ params: {}, query: {}, body: {} }, caller)).availability.onThePhone;

    it('a word that could not be kept makes everything be asked for again, after five seconds, then ever more seldom, until it is kept', async () => {
      let failures = 0;
      let isDown = true;
      world.onEffect = async (_name, run) => {
        if (!isDown) return run();
        failures += 1;
        throw new Error('the database is away');
      };
      world.busy.add('PJSIP/201');
      hear({ type: 'device', device: 'PJSIP/201', isBusy: true, at: start });
      await until(() => failures === 1);
      for (const [pause, count] of [[5_000, 2], [10_000, 3], [20_000, 4]] as const) {
        world.clock.advance(pause - 1);
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(failures, count - 1);
        world.clock.advance(1);
        await until(() => failures === count);
      }
      isDown = false;
      world.clock.advance(40_000);
      await until(async () => (await isBusy()) === true);
      assert.equal(asked, 1);
    });

    it('what phones do while it is asked stands over what it says of the time before', async () => {
      world.busy.add('PJSIP/201');
      hear({ type: 'resync', at: start });
      hear({ type: 'device', device: 'PJSIP/201', isBusy: false, at: start });
      await until(async () => asked === 1 && (await isBusy()) === false);
    });
  });
});
