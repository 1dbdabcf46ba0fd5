import assert from 'node:assert/strict';
import { TheirError } from '../../server/domain/errors.ts';
import type { BridgeEvent } from '../../server/ports/conference-bridge.ts';
import { asteriskWorld } from './asterisk-bridge.ts';
import type { AsteriskWorld } from './asterisk-bridge.ts';

/** What is Asterisk's own way, tried through the whole connector and real sockets. */
describe('Asterisk, through the connector', () => {
  let world: AsteriskWorld;
  let told: BridgeEvent[];

  beforeEach(async () => {
    world = await asteriskWorld();
    told = [];
    world.bridge.onEvent((event) => told.push(event));
  });
  afterEach(() => world.stop());

  function state(): string {
    return world.connector.status().state;
  }

  it('comes through a kill -9: nobody is in, nothing is guessed while modules load, and a resync tells so', async () => {
    await world.enter('red', { name: 'Ann', isHost: false });
    await world.until('the join was told', () => told.some((event) => event.type === 'joined'));
    told.splice(0);
    const back = world.pbx.faults.restart();
    await world.until('it is noticed', () => state() === 'down');
    await world.through(back);
    await world.until('it is ready', () => state() === 'ready' && told.some((event) => event.type === 'resync'));
    assert.deepEqual(await world.bridge.liveRooms(), []);
    assert.deepEqual(world.connector.status().gaps, []);
    assert.equal(world.connector.status().version, 'Asterisk 22.10.1');
  });

  it('notices a machine that is gone without a word, and finds back', async () => {
    const mend = world.pbx.faults.halfOpen();
    await world.until('it is noticed', () => state() === 'down');
    await world.through(mend());
    await world.until('it is ready', () => state() === 'ready');
  });

  it('says which class of manager.conf is missing, and notices when it is granted', async () => {
    const mend = world.pbx.faults.permissionRefused();
    await assert.rejects(world.through(world.bridge.liveRooms()), (error: TheirError) => error.fault === 'denied' && /\[tieline\], add "reporting" to "write ="/.test(error.remedy ?? ''));
    await world.through(mend());
    assert.deepEqual(await world.through(world.bridge.liveRooms()), []);
  });

  it('says which module is missing where presence cannot be set, while everything else goes on', async () => {
    const target = world.connector.presenceTarget ?? assert.fail('Asterisk shows presence');
    const show = (): Promise<void> => world.through(target.show({ pbx: 'pbx', context: 'internal', extension: '201' }, { availability: 'doNotDisturb', face: 'doNotDisturb', text: 'Do not disturb' }));
    const mend = world.pbx.faults.functionMissing('PRESENCE_STATE');
    await assert.rejects(show(), (error: TheirError) => error.fault === 'refused' && /func_presencestate\.so/.test(error.remedy ?? ''));
    assert.deepEqual([state(), await world.through(world.bridge.liveRooms())], ['ready', []]);
    await world.through(mend());
    await show();
    assert.equal(world.pbx.exchange.presences.get('CustomPresence:201').state, 'dnd');
  });

  it('bounds a slow Asterisk', async () => {
    const mend = world.pbx.faults.slow(60_000);
    await assert.rejects(world.through(world.bridge.liveRooms()), (error: TheirError) => error instanceof TheirError && error.passing);
    await world.through(mend());
  });

  it('closes a room over the heads of those who still hear a prompt on their way in', async () => {
    const entering = world.enter('red', { name: 'Ann', isHost: false });
    await world.until('the room has begun', () => world.pbx.rooms().some((room) => room.name === 'red'));
    await world.through(world.bridge.close('red'));
    await entering;
    assert.deepEqual(world.pbx.rooms(), []);
    assert.equal(world.pbx.phones().every((phone) => phone.call === null), true);
  });

  it('finds out that events are hidden', async () => {
    await world.bridge.liveRooms();
    const mend = world.pbx.faults.dropEvents();
    await world.enter('red', { name: 'Ann', isHost: false });
    await world.bridge.liveRooms();
    await world.later(5_000);
    await world.bridge.liveRooms();
    assert.equal(state(), 'limited');
    assert.match(world.connector.status().gaps[0]?.remedy ?? '', /add "call" to "read ="/);
    await world.through(mend());
  });

  it('leaves people in their conference when we stop', async () => {
    await world.enter('red', { name: 'Ann', isHost: false });
    await world.connector.stop();
    assert.equal(world.pbx.rooms()[0]?.members.length, 1);
  });

  it('lets nobody in while we are away, and says so', async () => {
    await world.connector.stop();
    const phone = world.pbx.phone('1001');
    phone.dial('8000');
    await world.until('the call ends', () => phone.view().call === null);
    assert.ok(phone.view().hears.length > 0);
    assert.deepEqual(world.pbx.rooms(), []);
  });

  it('hangs up after a code that is not known, and says so', async () => {
    const phone = world.pbx.phone('1001');
    phone.dial('8000');
    await world.through(phone.enter('999999#'));
    await world.until('the call ends', () => phone.view().call === null);
    assert.deepEqual(phone.view().hears.map((each) => each.sound), ['conf-getconfno', 'conf-invalid', 'vm-goodbye']);
  });

  it('speaks no code over the manager and asks for no class that it does not need', async () => {
    await world.enter('red', { name: 'Ann', isHost: true });
    await world.later(20_000);
    await world.through(world.bridge.close('red'));
    const ami = world.pbx.log.lines.filter((line) => line.protocol === 'ami' && line.direction === 'in').map((line) => line.text);
    assert.deepEqual(new Set(ami.filter((text) => text.startsWith('Action: '))), new Set(['Action: Login', 'Action: Ping', 'Action: CoreSettings', 'Action: ConfbridgeListRooms', 'Action: ConfbridgeKick']));
    assert.ok(ami.every((text) => !/100001/.test(text)));
  });
});
