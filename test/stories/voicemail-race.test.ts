import assert from 'node:assert/strict';
import { TheirError } from '../../server/domain/errors.ts';
import { type AsteriskVoicemailWorld, asteriskVoicemailWorld } from '../contract/asterisk-voicemail.ts';

const dee = { name: 'Dee Dove', number: '+15551230001' };

/**
 * Promise 3, no voicemail is lost. Three messages, none heard. Their owner is on the phone and deletes the second one; at the same moment the first one's
 * mail is read. Asterisk remembers what was pressed by file number.
 */
describe('story: the phone deletes a message while its neighbour is marked heard', function () {
  this.timeout(30_000);
  let world: AsteriskVoicemailWorld;
  let ids: [string, string, string];

  beforeEach(async () => {
    world = await asteriskVoicemailWorld();
    ids = [await world.leave(world.box, dee), await world.leave(world.box, dee), await world.leave(world.box, dee)];
  });
  afterEach(() => world.stop());

  async function states(): Promise<string[]> {
    return (await world.through(world.store.messages(world.box))).map(({ id, state }) => `${['first', 'second', 'third'][ids.indexOf(id)]} ${state}`).toSorted();
  }

  it('whoever writes at that moment loses the third message, which nobody ever heard, and keeps the one that was deleted', async () => {
    const phone = await world.pickUp(world.box);
    await phone.remove(ids[1]);
    world.pbx.exchange.voicemail.writes.move({ mailbox: '1001', context: 'default', folder: 'INBOX', id: ids[0] }, 'Old');
    await phone.hangUp();
    assert.deepEqual(await states(), ['first heard', 'second unheard']);
  });

  it('we wait until the phone has left the box, and then both wishes are done and nothing is lost', async () => {
    let freed = 0;
    world.store.onEvent(({ type }) => {
      if (type === 'freed') freed += 1;
    });
    const phone = await world.pickUp(world.box);
    await phone.remove(ids[1]);
    await assert.rejects(world.through(world.store.setHeard(world.box, ids[0], true)), (error: unknown) => error instanceof TheirError && error.fault === 'busy');
    await phone.hangUp();
    await world.until('the box is free', () => freed === 1);
    await world.through(world.store.setHeard(world.box, ids[0], true));
    assert.deepEqual(await states(), ['first heard', 'third unheard']);
  });

  it('somebody who picks up while we are at it is told to wait a moment by the dialplan, and deletes what they mean', async () => {
    const marking = world.store.setHeard(world.box, ids[0], true).catch((error: unknown) => assert.ok(error instanceof TheirError && error.fault === 'busy'));
    const phone = await world.pickUp(world.box);
    await world.through(marking);
    await phone.remove(ids[1]);
    await phone.hangUp();
    const left = await states();
    assert.ok(left.includes('third unheard'), left.join());
    assert.ok(!left.some((each) => each.startsWith('second')), left.join());
  });
});
