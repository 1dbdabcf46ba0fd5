import assert from 'node:assert/strict';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import type { VoicemailState } from '../../server/domain/voicemail.ts';
import type { VoicemailEvent, VoicemailStore } from '../../server/ports/voicemail-store.ts';

/** A phone in a box. Presses are told by message id; what they do shows at hang-up at the latest. */
export interface ContractPhone {
  hear(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** A voicemail system with callers and phones, whatever it is made of. Each world has two empty boxes. */
export interface VoicemailWorld {
  store: VoicemailStore;
  box: string;
  /** Holds at most three new messages. */
  small: string;
  /** Somebody calls and speaks. Resolves with the message's id when it is in the box. */
  leave(box: string, caller: { name: string; number: string }): Promise<string>;
  pickUp(box: string): Promise<ContractPhone>;
  /** Another copy with the same id in the same box, as a forward to oneself makes; null where the system has no such thing. */
  duplicate(box: string, id: string): Promise<true | null>;
  /** The next write says "done" and does nothing. Null where that cannot be brought about. */
  pretend(): Promise<true | null>;
  /** Nobody answers any more, until the returned function brings it back. */
  cut(): Promise<() => Promise<void>>;
  /** Waits for an outcome, letting time pass. */
  through<T>(outcome: Promise<T>): Promise<T>;
  /** Waits until it holds, letting time pass. */
  until(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const dee = { name: 'Dee Dove', number: '+15551230001' };
const eli = { name: 'Eli Elm', number: '+15551230002' };

/** What every voicemail system promises, run over one of them. */
export function voicemailStoreContract(name: string, makeWorld: () => Promise<VoicemailWorld>): void {
  describe(`voicemail store: ${name}`, function () {
    this.timeout(20_000);
    let world: VoicemailWorld;
    let store: VoicemailStore;
    let told: VoicemailEvent[];

    beforeEach(async () => {
      world = await makeWorld();
      store = world.store;
      told = [];
      store.onEvent((event) => told.push(event));
    });
    afterEach(() => world.stop());

    /** States by id, sorted; each copy for itself. */
    async function states(box = world.box): Promise<string[]> {
      const list = await world.through(store.messages(box));
      return list.map(({ id, state }) => `${id} ${state}`).toSorted();
    }

    function is(...expected: [id: string, state: VoicemailState][]): string[] {
      return expected.map(([id, state]) => `${id} ${state}`).toSorted();
    }

    async function failsWith(fault: TheirFault, outcome: Promise<unknown>): Promise<void> {
      await assert.rejects(world.through(outcome), (error: unknown) => error instanceof TheirError && error.fault === fault && error.connector === store.instance);
    }

    it('lists its boxes, each under its own name, and they are empty', async () => {
      const boxes = await world.through(store.boxes());
      assert.deepEqual(boxes.map(({ box }) => box).toSorted().filter((box) => box === world.box || box === world.small), [world.box, world.small].toSorted());
      assert.ok(boxes.every((each) => each.instance === store.instance && each.unheard === 0 && !each.isFull));
      assert.deepEqual(await states(), []);
    });

    it('an empty box is not the same as no box', async () => {
      await failsWith('gone', store.messages('nobody@nowhere'));
    });

    it('tells a new message: unheard, from whom, how long, and that the box changed', async () => {
      const id = await world.leave(world.box, dee);
      const [message] = await world.through(store.messages(world.box));
      assert.ok(message);
      assert.deepEqual({ id: message.id, state: message.state, name: message.callerName, number: message.callerNumber }, { id, state: 'unheard', name: dee.name, number: dee.number });
      assert.ok(message.durationSeconds > 0);
      if (store.capabilities.events) await world.until('it was told', () => told.some((event) => event.type === 'changed' && event.box === world.box));
      const [box] = (await world.through(store.boxes())).filter((each) => each.box === world.box);
      assert.equal(box?.unheard, 1);
    });

    it('marks heard and unheard, as often as one likes, and the ids stay', async () => {
      const one = await world.leave(world.box, dee);
      const two = await world.leave(world.box, eli);
      await world.through(store.setHeard(world.box, one, true));
      await world.through(store.setHeard(world.box, one, true));
      assert.deepEqual(await states(), is([one, 'heard'], [two, 'unheard']));
      await world.through(store.setHeard(world.box, one, false));
      await world.through(store.setHeard(world.box, one, false));
      assert.deepEqual(await states(), is([one, 'unheard'], [two, 'unheard']));
    });

    it('removes the one that was meant, though the numbers of the others change', async () => {
      const ids = [await world.leave(world.box, dee), await world.leave(world.box, eli), await world.leave(world.box, dee)];
      const [one = '', two = '', three = ''] = ids;
      await world.through(store.remove(world.box, one));
      await world.through(store.remove(world.box, one));
      await world.through(store.setHeard(world.box, three, true));
      const living = (await states()).filter((each) => !each.endsWith(' deleted'));
      assert.deepEqual(living, is([two, 'unheard'], [three, 'heard']));
    });

    it('brings back what was removed, or says beforehand that it cannot', async () => {
      const one = await world.leave(world.box, dee);
      await world.through(store.remove(world.box, one));
      if (!store.capabilities.trash) {
        assert.deepEqual(await states(), []);
        return;
      }
      assert.deepEqual(await states(), is([one, 'deleted']));
      await world.through(store.restore(world.box, one, 'heard'));
      assert.deepEqual(await states(), is([one, 'heard']));
      await failsWith('gone', store.restore(world.box, one, 'heard'));
      await world.through(store.remove(world.box, one));
      await world.through(store.restore(world.box, one, 'unheard'));
      assert.deepEqual(await states(), is([one, 'unheard']));
      await world.through(store.purge(world.box, one));
      assert.deepEqual(await states(), is([one, 'unheard']), 'purge leaves alone what is not in the trash');
      await world.through(store.remove(world.box, one));
      await world.through(store.purge(world.box, one));
      await world.through(store.purge(world.box, one));
      assert.deepEqual(await states(), []);
    });

    it('says "gone" of a message that is not there', async () => {
      await world.leave(world.box, dee);
      await failsWith('gone', store.setHeard(world.box, '1-00000000', true));
      await failsWith('gone', store.audio(world.box, '1-00000000'));
    });

    it('gives the sound of the message that was asked for, after the numbers changed too', async () => {
      if (!store.capabilities.audio) return;
      const one = await world.leave(world.box, dee);
      const two = await world.leave(world.box, eli);
      const before = await world.through(store.audio(world.box, two));
      assert.ok(before.bytes.length > 0 && before.contentType.startsWith('audio/'));
      await world.through(store.remove(world.box, one));
      const after = await world.through(store.audio(world.box, two));
      assert.deepEqual(Buffer.from(after.bytes), Buffer.from(before.bytes));
    });

    it('forwards a copy as unheard; the first stays', async () => {
      if (!store.capabilities.forward) return;
      const one = await world.leave(world.box, dee);
      await world.through(store.forward(world.box, one, world.small));
      assert.deepEqual(await states(), is([one, 'unheard']));
      const [copy, ...others] = await world.through(store.messages(world.small));
      assert.equal(copy?.state, 'unheard');
      assert.equal(copy?.callerNumber, dee.number);
      assert.deepEqual(others, []);
    });

    it('forwarding to a full box fails, whatever the system says', async () => {
      if (!store.capabilities.forward) return;
      const one = await world.leave(world.box, dee);
      for (let left = 3; left > 0; left--) await world.leave(world.small, eli);
      await failsWith('full', store.forward(world.box, one, world.small));
      assert.equal((await states(world.small)).length, 3);
      const [box] = (await world.through(store.boxes())).filter((each) => each.box === world.small);
      assert.equal(box?.isFull, true);
    });

    it('one id several times in a box: reads show each, writes act on all', async () => {
      const id = await world.leave(world.box, dee);
      if ((await world.duplicate(world.box, id)) === null) return;
      assert.deepEqual(await states(), is([id, 'unheard'], [id, 'unheard']));
      await world.through(store.setHeard(world.box, id, true));
      assert.deepEqual(await states(), is([id, 'heard'], [id, 'heard']));
      await world.through(store.remove(world.box, id));
      assert.deepEqual((await states()).filter((each) => !each.endsWith(' deleted')), []);
    });

    it('success that failed is a failure', async () => {
      const id = await world.leave(world.box, dee);
      if ((await world.pretend()) === null) return;
      await failsWith('unavailable', store.setHeard(world.box, id, true));
      assert.deepEqual(await states(), is([id, 'unheard']));
      await world.through(store.setHeard(world.box, id, true));
      assert.deepEqual(await states(), is([id, 'heard']));
    });

    it('while a phone has the box nothing is written, so that the phone deletes what its owner meant', async () => {
      if (!store.capabilities.seesPhones) return;
      const ids = [await world.leave(world.box, dee), await world.leave(world.box, eli), await world.leave(world.box, dee)];
      const [one = '', two = '', three = ''] = ids;
      const phone = await world.pickUp(world.box);
      assert.equal(await world.through(store.isTaken(world.box)), true);
      await phone.remove(two);
      await failsWith('busy', store.setHeard(world.box, one, true));
      await failsWith('busy', store.remove(world.box, one));
      if (store.capabilities.forward) await failsWith('busy', store.forward(world.box, one, world.small));
      await phone.hangUp();
      if (store.capabilities.events) await world.until('the box was freed', () => told.some((event) => event.type === 'freed' && event.box === world.box));
      assert.equal(await world.through(store.isTaken(world.box)), false);
      assert.deepEqual((await states()).filter((each) => !each.endsWith(' deleted')), is([one, 'unheard'], [three, 'unheard']));
      await world.through(store.setHeard(world.box, one, true));
    });

    it('what is heard by phone shows after hang-up', async () => {
      const one = await world.leave(world.box, dee);
      const two = await world.leave(world.box, eli);
      const phone = await world.pickUp(world.box);
      await phone.hear(one);
      await phone.hangUp();
      assert.deepEqual(await states(), is([one, 'heard'], [two, 'unheard']));
    });

    it('the lamp shows what is unheard', async () => {
      if (!store.capabilities.lamp) return;
      const one = await world.leave(world.box, dee);
      await world.through(store.refreshLamp(world.box));
      assert.deepEqual(await world.through(store.lamp(world.box)), { isLit: true, unheard: 1 });
      await world.through(store.setHeard(world.box, one, true));
      await world.through(store.refreshLamp(world.box));
      assert.deepEqual(await world.through(store.lamp(world.box)), { isLit: false, unheard: 0 });
    });

    it('does not answer when it is away, and says so when it is back', async () => {
      const one = await world.leave(world.box, dee);
      const back = await world.cut();
      await assert.rejects(world.through(store.messages(world.box)), (error: unknown) => error instanceof TheirError && error.passing);
      await assert.rejects(world.through(store.setHeard(world.box, one, true)), (error: unknown) => error instanceof TheirError && error.passing);
      await back();
      if (store.capabilities.events) await world.until('it told us to look again', () => told.some((event) => event.type === 'resync'));
      assert.deepEqual(await states(), is([one, 'unheard']));
    });
  });
}
