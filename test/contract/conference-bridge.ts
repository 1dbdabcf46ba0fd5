import assert from 'node:assert/strict';
import { OurError, TheirError } from '../../server/domain/errors.ts';
import type { BridgeEvent, BridgeRoom, ConferenceBridge } from '../../server/ports/conference-bridge.ts';

/** Somebody whom our Admission lets in. */
export interface Guest {
  name: string;
  isHost: boolean;
}

/** A bridge with people around it, whatever it is made of. */
export interface BridgeWorld {
  bridge: ConferenceBridge;
  /** Somebody tries to come into a room that Admission allows. Resolves with their leg when they are in, null when the bridge kept them out. */
  enter(room: string, guest: Guest): Promise<string | null>;
  leave(leg: string): Promise<void>;
  /** The phone that `call` made ring is taken up, or is not; resolves with the leg of whoever came in. Only for bridges that dial out. */
  takeUp?(number: string, takesUp: boolean): Promise<string | null>;
  /** A number of somebody who can be called. */
  number?: string;
  /** Nobody answers any more, until the returned function brings it back. People may be lost by it. */
  cut(): Promise<() => Promise<void>>;
  /** Waits for an outcome, letting time pass. */
  through<T>(outcome: Promise<T>): Promise<T>;
  /** Waits until it holds, letting time pass. */
  until(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const ann: Guest = { name: 'Ann Alder', isHost: false };
const bob: Guest = { name: 'Bob Birch', isHost: false };
const host: Guest = { name: 'Hanna Holt', isHost: true };

function room(name: string): BridgeRoom {
  return { conferenceId: 'a'.repeat(26), room: name, opensAt: 0, closesAt: Number.MAX_SAFE_INTEGER, maxMembers: 25 };
}

/** What a bridge cannot do it says: for good, with what to do instead. */
function refusal(error: unknown): boolean {
  return error instanceof TheirError && error.fault === 'refused' && error.remedy !== undefined;
}

/** What every conference bridge promises, run over one of them. */
export function conferenceBridgeContract(name: string, makeWorld: () => Promise<BridgeWorld>): void {
  describe(`conference bridge: ${name}`, () => {
    let world: BridgeWorld;
    let bridge: ConferenceBridge;
    let told: BridgeEvent[];

    beforeEach(async () => {
      world = await makeWorld();
      bridge = world.bridge;
      told = [];
      bridge.onEvent((event) => told.push(event));
    });
    afterEach(() => world.stop());

    async function enter(into: string, guest: Guest): Promise<string> {
      const leg = await world.enter(into, guest);
      assert.ok(leg !== null, `${guest.name} is let in`);
      return leg;
    }

    async function legs(of: string): Promise<string[]> {
      return (await bridge.participants(of)).map((each) => each.leg).toSorted();
    }

    function heard(...types: BridgeEvent['type'][]): boolean {
      return types.every((type) => told.some((event) => event.type === type && (event.type === 'resync' || event.room === 'red')));
    }

    it('has nobody in a room in which nobody is', async () => {
      assert.deepEqual(await bridge.participants('red'), []);
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('makes a room ready as often as one likes, without anybody in it', async () => {
      await bridge.ensure(room('red'));
      await bridge.ensure(room('red'));
      assert.deepEqual(await bridge.participants('red'), []);
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('tells who comes in, by name, number and role, and lists the room as live', async () => {
      await bridge.ensure(room('red'));
      const guest = await enter('red', ann);
      const leader = await enter('red', host);
      const people = await bridge.participants('red');
      assert.deepEqual(people.map(({ leg, name, isHost, isMuted }) => ({ leg, name, isHost, isMuted })).toSorted((a, b) => a.name.localeCompare(b.name)), [
        { leg: guest, name: ann.name, isHost: false, isMuted: false },
        { leg: leader, name: host.name, isHost: bridge.capabilities.hosts, isMuted: false },
      ]);
      assert.ok(people.every((each) => each.number.length > 0 === bridge.capabilities.dialIn));
      assert.deepEqual(await bridge.liveRooms(), ['red']);
      if (!bridge.capabilities.events) return;
      await world.until('both were told', () => told.filter((event) => event.type === 'joined').length === 2);
      assert.deepEqual(told.map((event) => event.type), ['started', 'joined', 'joined']);
      assert.deepEqual(told.flatMap((event) => (event.type === 'joined' ? [event.leg] : [])), [guest, leader]);
    });

    it('tells who leaves, and that the room ends with the last', async () => {
      const one = await enter('red', ann);
      const two = await enter('red', bob);
      await world.leave(one);
      await world.until('one has left', () => !bridge.capabilities.events || heard('left'));
      assert.deepEqual(await legs('red'), [two]);
      assert.equal(heard('ended'), false);
      await world.leave(two);
      await world.until('it ended', () => !bridge.capabilities.events || heard('ended'));
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('closes a room: everybody out, room gone, told', async () => {
      await enter('red', ann);
      await enter('red', host);
      await world.through(bridge.close('red'));
      assert.deepEqual(await bridge.participants('red'), []);
      assert.deepEqual(await bridge.liveRooms(), []);
      await world.until('it ended', () => !bridge.capabilities.events || heard('left', 'ended'));
    });

    it('closes a room that is closed, that never was, and twice at once', async () => {
      await world.through(bridge.close('red'));
      await bridge.ensure(room('red'));
      await enter('red', ann);
      await world.through(Promise.all([bridge.close('red'), bridge.close('red')]));
      await world.through(bridge.close('red'));
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('closes one room and leaves the others alone', async () => {
      await enter('red', ann);
      const other = await enter('blue', bob);
      await world.through(bridge.close('red'));
      assert.deepEqual(await legs('blue'), [other]);
    });

    it('lets people in again after a room was closed and made ready anew', async () => {
      await enter('red', ann);
      await world.through(bridge.close('red'));
      await bridge.ensure(room('red'));
      assert.ok(await world.enter('red', bob));
    });

    it('mutes one and unmutes them, as often as one likes', async () => {
      const one = await enter('red', ann);
      const two = await enter('red', bob);
      if (!bridge.capabilities.mute) return assert.rejects(world.through(bridge.mute('red', one, true)), refusal);
      for (const muted of [true, true, false]) {
        await world.through(bridge.mute('red', one, muted));
        const people = await bridge.participants('red');
        assert.deepEqual(people.filter((each) => each.isMuted).map((each) => each.leg), muted ? [one] : []);
      }
      assert.deepEqual(await legs('red'), [one, two].toSorted());
    });

    it('says so when the one to mute is gone, and mutes nobody for a name that is none', async () => {
      await enter('red', ann);
      for (const leg of ['nobody', 'all', 'participants', '']) {
        await assert.rejects(world.through(bridge.mute('red', leg, true)), (error: TheirError) => error instanceof TheirError && error.fault === 'gone', leg);
      }
      assert.equal((await bridge.participants('red'))[0]?.isMuted, false);
    });

    it('puts one out, tells it, and nobody for a name that is none', async () => {
      const one = await enter('red', ann);
      const two = await enter('red', bob);
      for (const leg of ['nobody', 'all', '']) await world.through(bridge.kick('red', leg));
      assert.deepEqual(await legs('red'), [one, two].toSorted());
      await world.through(bridge.kick('red', one));
      await world.through(bridge.kick('red', one));
      assert.deepEqual(await legs('red'), [two]);
      await world.until('it was told', () => !bridge.capabilities.events || told.some((event) => event.type === 'left' && event.leg === one));
    });

    it('locks a room: hosts come in, others do not, until it is unlocked', async () => {
      await enter('red', ann);
      if (!bridge.capabilities.lock) return assert.rejects(world.through(bridge.lock('red', true)), refusal);
      await world.through(bridge.lock('red', true));
      await world.through(bridge.lock('red', true));
      assert.equal(await world.enter('red', bob), null);
      assert.ok(await world.enter('red', host));
      await world.through(bridge.lock('red', false));
      assert.ok(await world.enter('red', bob));
    });

    it('says so when there is nothing to lock', async () => {
      const wanted = bridge.capabilities.lock ? 'gone' : 'refused';
      await assert.rejects(world.through(bridge.lock('red', true)), (error: TheirError) => error instanceof TheirError && error.fault === wanted);
    });

    it('says whether a room is locked', async () => {
      assert.equal(await bridge.isLocked('red'), false);
      await enter('red', host);
      for (const locked of bridge.capabilities.lock ? [true, false] : []) {
        await world.through(bridge.lock('red', locked));
        assert.equal(await bridge.isLocked('red'), locked);
      }
    });

    it('ends a meeting for everybody, as often as one likes, and lets them come in again', async () => {
      await world.through(bridge.end('red'));
      await enter('red', ann);
      await enter('red', host);
      assert.equal(await bridge.occupancy('red'), 2);
      await world.through(bridge.end('red'));
      await world.through(bridge.end('red'));
      assert.deepEqual(await bridge.participants('red'), []);
      assert.equal(await bridge.occupancy('red'), 0);
      assert.ok(await world.enter('red', bob));
    });

    it('calls somebody, once however often it is asked, and they come in by the name under which they were called', async function () {
      const { number, takeUp } = world;
      if (!bridge.capabilities.dialOut || number === undefined || !takeUp) return;
      const call = { room: 'red', key: 'k1', number, name: 'Carla Cole', role: 'guest' as const, language: 'en', waitsForHost: false, asksToBeLetIn: false, maxMembers: 25 };
      await world.through(bridge.call(call));
      await world.through(bridge.call(call));
      const leg = await takeUp(number, true);
      assert.ok(leg);
      assert.deepEqual((await bridge.participants('red')).map((each) => [each.leg, each.name, each.number]), [[leg, call.name, number]]);
      await world.until('it was told', () => told.some((event) => event.type === 'called'));
      assert.deepEqual(told.flatMap((event) => (event.type === 'called' ? [[event.key, event.outcome]] : [])), [['k1', 'answered']]);
    });

    it('tells that nobody took up the phone', async function () {
      const { number, takeUp } = world;
      if (!bridge.capabilities.dialOut || number === undefined || !takeUp) return;
      await world.through(bridge.call({ room: 'red', key: 'k2', number, name: 'Carla', role: 'guest', language: 'en', waitsForHost: false, asksToBeLetIn: false, maxMembers: 25 }));
      assert.equal(await takeUp(number, false), null);
      await world.until('it was told', () => told.some((event) => event.type === 'called'));
      assert.deepEqual(told.flatMap((event) => (event.type === 'called' ? [event.outcome] : [])), ['no-answer']);
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('says which numbers it may call, and calls no other', () => {
      const { number } = world;
      assert.equal(number !== undefined && bridge.mayCall(number), bridge.capabilities.dialOut);
      for (const bad of ['', '+', 'abc', '+49 30', '+4930\r\nAction: x', '112\0', 'PJSIP/112', '0'.repeat(40)]) assert.equal(bridge.mayCall(bad), false, bad);
    });

    it('gives a link for one person and one room, or says that it has none', async () => {
      const pass = { room: 'red', role: 'guest' as const, name: 'Ann', language: 'en', from: 0, until: Number.MAX_SAFE_INTEGER - 1, asksToBeLetIn: false };
      if (!bridge.capabilities.joinLinks) return assert.rejects(bridge.joinLink(pass), (error: TheirError) => error.fault === 'refused');
      const links = [await bridge.joinLink(pass), await bridge.joinLink({ ...pass, room: 'blue' })];
      assert.ok(links.every((link) => URL.canParse(link)));
      assert.notEqual(links[0], links[1]);
    });

    it('refuses a name that could be more than a name', async () => {
      for (const bad of ['', 'red blue', 'red\r\n\r\nAction: DBPut', 'red,blue', 'RED']) {
        await assert.rejects(bridge.ensure(room(bad)), OurError);
        await assert.rejects(bridge.close(bad), OurError);
        await assert.rejects(bridge.participants(bad), OurError);
      }
    });

    it('fails with a passing error while it is away, and asks to look again when it is back', async () => {
      await enter('red', ann);
      const bringBack = await world.cut();
      told.splice(0);
      const calls: (() => Promise<unknown>)[] = [() => bridge.ensure(room('red')), () => bridge.close('red'), () => bridge.participants('red'), () => bridge.liveRooms(), () => bridge.end('red'), () => bridge.occupancy('red')];
      for (const call of calls) {
        await assert.rejects(world.through(call()), (error: TheirError) => error instanceof TheirError && error.passing && error.connector === bridge.instance);
      }
      await bringBack();
      await world.until('a resync', () => heard('resync'));
      await world.through(bridge.close('red'));
      assert.deepEqual(await bridge.liveRooms(), []);
    });

    it('tells nothing to those who no longer listen', async () => {
      const more: BridgeEvent[] = [];
      const stop = bridge.onEvent((event) => more.push(event));
      stop();
      await enter('red', ann);
      if (!bridge.capabilities.events) await (await world.cut())();
      await world.until('the others were told', () => heard(bridge.capabilities.events ? 'joined' : 'resync'));
      assert.deepEqual(more, []);
    });
  });
}
