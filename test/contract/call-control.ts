import assert from 'node:assert/strict';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import type { CallControl, CallOutcome, CallProgress } from '../../server/ports/call-control.ts';

/** A phone system with two desk phones, whatever it is made of. */
export interface CallControlWorld {
  control: CallControl;
  /** Extensions: whoever wishes, and whom they call. */
  mine: string;
  other: string;
  /** Somebody without voicemail. */
  boxless: string;
  box: string;
  /** Somebody leaves a message in the box. Resolves with its id. */
  leave(): Promise<string>;
  isHeard(id: string): Promise<boolean>;
  /** Whether phones show that something waits. */
  isLit(): boolean;
  /** Waits until the phone rings. */
  rings(phone: string): Promise<void>;
  answer(phone: string): void;
  reject(phone: string): void;
  hangUp(phone: string): void;
  unplug(phone: string): void;
  setBusy(phone: string): void;
  /** How often this phone has rung. */
  timesRung(phone: string): number;
  /** Waits until the message has begun to play on this phone. */
  plays(phone: string): Promise<void>;
  /** Waits until the phone is in the box by itself. */
  takeBox(phone: string): Promise<void>;
  through<T>(outcome: Promise<T>): Promise<T>;
  until(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export function callControlContract(name: string, makeWorld: () => Promise<CallControlWorld>): void {
  describe(`call control: ${name}`, function () {
    this.timeout(20_000);
    let world: CallControlWorld;
    let control: CallControl;
    let told: CallProgress[];

    beforeEach(async () => {
      world = await makeWorld();
      control = world.control;
      told = [];
      control.onProgress((progress) => told.push(progress));
    });
    afterEach(() => world.stop());

    async function ends(key: string, outcome: CallOutcome): Promise<void> {
      await world.until(`the call ends as ${outcome}`, () => control.progress(key)?.phase === 'ended');
      assert.equal(control.progress(key)?.outcome, outcome);
      assert.equal(told.filter((each) => each.key === key && each.phase === 'ended').length, 1);
    }

    async function failsWith(fault: TheirFault, outcome: Promise<unknown>): Promise<void> {
      await assert.rejects(world.through(outcome), (error: unknown) => error instanceof TheirError && error.fault === fault);
    }

    async function call(key = 'one'): Promise<void> {
      await world.through(control.call({ key, phone: world.mine, number: world.other }));
    }

    async function play(id: string, key = 'one'): Promise<void> {
      await world.through(control.playMessage({ key, phone: world.mine, box: world.box, id }));
    }

    it('rings my phone first, then theirs, and follows the call to its end', async () => {
      await call();
      await world.rings(world.mine);
      assert.equal(world.timesRung(world.other), 0);
      world.answer(world.mine);
      await world.rings(world.other);
      world.answer(world.other);
      await world.until('both talk', () => control.progress('one')?.phase === 'connected');
      world.hangUp(world.other);
      await ends('one', 'done');
      assert.deepEqual(told.map(({ phase }) => phase), ['ringing', 'answered', 'connected', 'ended']);
    });

    it('rings at most once for one wish, however often it is asked', async () => {
      await call();
      await world.rings(world.mine);
      await call();
      world.reject(world.mine);
      await ends('one', 'busy');
      await call();
      await call('two');
      await world.rings(world.mine);
      assert.equal(world.timesRung(world.mine), 2);
    });

    it('says why my own phone did not take it: not registered, busy, declined, rang out', async () => {
      world.unplug(world.other);
      await world.through(control.call({ key: 'away', phone: world.other, number: world.mine }));
      await ends('away', 'unreachable');
      await call('late');
      await ends('late', 'no-answer');
      await call('no');
      await world.rings(world.mine);
      world.reject(world.mine);
      await ends('no', 'busy');
      world.setBusy(world.mine);
      await call('busy');
      await ends('busy', 'busy');
    });

    it('says why the other side did not take it, and that I hung up before', async () => {
      await call('early');
      await world.rings(world.mine);
      world.answer(world.mine);
      await world.rings(world.other);
      world.hangUp(world.mine);
      await ends('early', 'interrupted');
      const third = { phone: world.mine, number: world.boxless };
      await world.through(control.call({ key: 'no', ...third }));
      await world.rings(world.mine);
      world.answer(world.mine);
      await world.rings(world.boxless);
      world.reject(world.boxless);
      await ends('no', 'far-busy');
      world.unplug(world.boxless);
      await world.through(control.call({ key: 'away', ...third }));
      await world.rings(world.mine);
      world.answer(world.mine);
      await ends('away', 'far-unreachable');
    });

    it('hangs up what it began', async () => {
      await call();
      await world.rings(world.mine);
      await world.through(control.hangUp('one'));
      await world.until('it is over', () => control.progress('one')?.phase === 'ended');
      await world.through(control.hangUp('one'));
      await world.through(control.hangUp('never'));
    });

    it('refuses what is no phone and no number, and nothing rings', async () => {
      for (const number of ['', 'abc', '1\r\nAction: Hangup', '1,VMBOX=x', '+49 30']) await failsWith('refused', control.call({ key: 'bad', phone: world.mine, number }));
      for (const phone of ['', '201&202', 'a/b', '201,x']) await failsWith('refused', control.call({ key: 'bad', phone, number: world.other }));
      assert.equal(control.progress('bad'), null);
      assert.equal(world.timesRung(world.mine), 0);
    });

    it('plays a message to its end: heard, and the light is out', async () => {
      if (!control.capabilities.playMessage) return;
      const id = await world.leave();
      await world.until('the light is on', () => world.isLit());
      await play(id);
      await world.rings(world.mine);
      world.answer(world.mine);
      await ends('one', 'done');
      assert.equal(await world.isHeard(id), true);
      await world.until('the light is out', () => !world.isLit());
    });

    it('hung up in the middle it stays unheard, and says so', async () => {
      if (!control.capabilities.playMessage) return;
      const id = await world.leave();
      await play(id);
      await world.rings(world.mine);
      world.answer(world.mine);
      await world.plays(world.mine);
      world.hangUp(world.mine);
      await ends('one', 'interrupted');
      assert.equal(await world.isHeard(id), false);
    });

    it('a message on a phone that is away or does not answer stays as it is', async () => {
      if (!control.capabilities.playMessage) return;
      const id = await world.leave();
      await play(id, 'late');
      await ends('late', 'no-answer');
      world.unplug(world.mine);
      await play(id, 'away');
      await ends('away', 'unreachable');
      assert.equal(await world.isHeard(id), false);
    });

    it('plays nothing that is not there, and nothing while somebody else has the box', async () => {
      if (!control.capabilities.playMessage) return;
      const id = await world.leave();
      for (const bad of ['1-00000000', `${id},x`, `${id}\r\nAction: x`]) await failsWith('gone', control.playMessage({ key: 'bad', phone: world.mine, box: world.box, id: bad }));
      await world.takeBox(world.mine);
      await failsWith('busy', control.playMessage({ key: 'taken', phone: world.other, box: world.box, id }));
      assert.equal(world.timesRung(world.other), 0);
    });
  });
}
