import assert from 'node:assert/strict';
import { app, ada, bob } from '../../../../../support/lab-mail.ts';
import { startGraphLab } from '../../../../../contract/graph-calendar.ts';
import type { PresenceReader } from '../../../../../../server/ports/presence-reader.ts';

/** Presence in bulk over the stand-in of Graph, which adds up sessions as Microsoft's service does. */
describe('graph: what Teams says of people', () => {
  it('tells who is signed in there, leaves out who is offline or was never seen, and asks for 650 at a time', async () => {
    const { lab, graph, stop } = await startGraphLab({ more: { apps: [{ ...app, roles: [...(app.roles ?? []), 'Presence.Read.All', 'Presence.ReadWrite.All'] }] } });
    try {
      const reader: PresenceReader = graph.presenceReader ?? assert.fail('no reader');
      const [first, second] = [ada, bob].map((address) => ({ instance: 'm365', id: lab.exchange.people.find((each) => each.address === address)?.id ?? '' }));
      if (!first || !second) assert.fail('nobody there');
      lab.graph.presences.teams(first.id, { availability: 'Busy', activity: 'InACall' });
      assert.deepEqual(await reader.presences([first, second]), new Map([[first.id, { availability: 'busy', isInCall: true }]]));
      lab.graph.presences.teams(first.id, null);
      lab.graph.presences.teams(second.id, { availability: 'DoNotDisturb', activity: 'Presenting' });
      const strangers = Array.from({ length: 1_300 }, (_, index) => ({ instance: 'm365', id: `99999999-9999-4999-8999-${String(index).padStart(12, '0')}` }));
      lab.graph.log.clear();
      assert.deepEqual(await reader.presences([first, ...strangers, second]), new Map([[second.id, { availability: 'doNotDisturb', isInCall: false }]]));
      assert.equal(lab.graph.log.entries.filter(({ path }) => path.includes('getPresencesByUserId')).length, 3);
    } finally {
      await stop();
    }
  });
});
