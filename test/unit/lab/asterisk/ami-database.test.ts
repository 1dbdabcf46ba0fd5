import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, type Wire, type World } from './support.ts';

describe('lab Asterisk: AstDB', () => {
  let world: World;
  let wire: Wire;
  beforeEach(async () => {
    world = await createWorld({ clock: createLabClock({ paused: true }) });
    wire = await world.login('god');
  });
  afterEach(() => world.close());

  it('puts and gets, with the ActionID at the end of the row, and fires no event', async () => {
    assert.equal(await wire.ask('Action: DBPut\nFamily: t/a\nKey: 1\nVal: x\nActionID: 10'), 'Response: Success\r\nActionID: 10\r\nMessage: Updated database successfully\r\n\r\n');
    assert.equal(
      await wire.ask('Action: DBGet\nFamily: t/a\nKey: 1\nActionID: 10', 'ListItems: 1\r\n\r\n'),
      'Response: Success\r\nActionID: 10\r\nEventList: start\r\nMessage: Result will follow\r\n\r\nEvent: DBGetResponse\r\nFamily: t/a\r\nKey: 1\r\nVal: x\r\nActionID: 10\r\n\r\nEvent: DBGetComplete\r\nActionID: 10\r\nEventList: Complete\r\nListItems: 1\r\n\r\n',
    );
  });

  it('gives back trees with whole keys, in order', async () => {
    for (const key of ['2', '1']) await wire.ask(`Action: DBPut\nFamily: t/a\nKey: ${key}\nVal: v${key}`);
    await wire.ask('Action: DBPut\nFamily: tt\nKey: 1\nVal: other');
    const tree = await wire.ask('Action: DBGetTree\nFamily: t', 'ListItems: 2\r\n\r\n');
    assert.match(tree, /Key: \/t\/a\/1\r\nVal: v1\r\n\r\nEvent: DBGetTreeResponse\r\nKey: \/t\/a\/2\r\nVal: v2\r\n\r\n/);
    assert.match(await wire.ask('Action: DBGetTree\nFamily: zz', 'ListItems: 0'), /Message: Result will follow/);
  });

  it('deletes one and many, and says when there was nothing', async () => {
    await wire.ask('Action: DBPut\nFamily: t/a\nKey: 1\nVal: x');
    await wire.ask('Action: DBPut\nFamily: t/b\nKey: 1\nVal: x');
    assert.match(await wire.ask('Action: DBDel\nFamily: t/a\nKey: 1'), /Success\r\nMessage: Key deleted successfully/);
    assert.match(await wire.ask('Action: DBDel\nFamily: t/a\nKey: 1'), /Error\r\nMessage: Database entry could not be deleted/);
    assert.match(await wire.ask('Action: DBDelTree\nFamily: t'), /Success\r\nMessage: Key tree deleted successfully/);
    assert.match(await wire.ask('Action: DBDelTree\nFamily: t'), /Error\r\nMessage: Database entry not found/);
    assert.match(await wire.ask('Action: DBGet\nFamily: t/b\nKey: 1'), /Error\r\nMessage: Database entry not found/);
  });

  it('names what is missing, with and without a full stop', async () => {
    assert.match(await wire.ask('Action: DBPut\nFamily: t'), /Message: No key specified\r\n/);
    assert.match(await wire.ask('Action: DBGet\nFamily: t'), /Message: No key specified\.\r\n/);
    assert.match(await wire.ask('Action: DBPut\nKey: t'), /Message: No family specified\r\n/);
  });

  it('loses what was acknowledged within the last second before a kill -9, and keeps the rest', async () => {
    const { database } = world.pbx.exchange;
    database.put('t', 'old', 'kept');
    database.put('t', 'changed', 'before');
    world.clock.advance(1_000);
    await wire.ask('Action: DBPut\nFamily: t\nKey: young\nVal: lost');
    database.put('t', 'changed', 'after');
    database.crash();
    assert.deepEqual(database.tree('t'), [{ key: '/t/changed', value: 'before' }, { key: '/t/old', value: 'kept' }]);
  });

  it('keeps custom devices and presence over a kill -9', async () => {
    await wire.ask('Action: Setvar\nVariable: DEVICE_STATE(Custom:x)\nValue: BUSY');
    await wire.ask('Action: Setvar\nVariable: PRESENCE_STATE(CustomPresence:201)\nValue: xa,bHVuY2g=,,e');
    world.clock.advance(1_000);
    world.pbx.exchange.crash();
    assert.equal(world.pbx.exchange.devices.get('Custom:x'), 'BUSY');
    assert.deepEqual(world.pbx.exchange.presences.get('CustomPresence:201'), { state: 'xa', subtype: 'lunch', message: '' });
  });
});
