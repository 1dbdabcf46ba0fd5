import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { DoorResponse } from '../../../../../server/ports/door.ts';
import type { WakeKey } from '../../../../../server/ports/wake.ts';
import { createClientStates } from '../../../../../server/connectors/graph/client-state.ts';
import { ann, startScripted, tenantId } from './scripted.ts';
import type { Scripted, ScriptedOptions } from './scripted.ts';

const states = createClientStates('m365', async () => 'top-secret-value');
const bob = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

/** A notice as Graph sends it. */
async function notice(mailboxId: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return {
    subscriptionId: 's', subscriptionExpirationDateTime: '2026-11-28T09:00:00Z', clientState: await states.of(mailboxId), tenantId, changeType: 'updated',
    resource: `Users/${mailboxId}/Events/e1`, resourceData: { '@odata.type': '#Microsoft.Graph.Event', '@odata.id': 'x', id: 'e1' }, ...more,
  };
}

describe('graph: the doors', () => {
  let world: Scripted;
  afterEach(async () => world.close());

  async function start(options: ScriptedOptions = {}): Promise<void> {
    world = await startScripted(options);
  }
  beforeEach(async () => start());

  async function post(path: string, body: unknown, query: Record<string, string> = {}): Promise<DoorResponse> {
    const door = world.graph.doors.find((each) => each.path === path) ?? assert.fail(path);
    const request = { method: 'POST', query: new URLSearchParams(query), headers: {}, params: {}, body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
    assert.ok(door.verify(request));
    return door.handle(request);
  }

  function marks(): string[] {
    return world.marked.map(({ kind, key }) => `${kind} ${key}`).toSorted();
  }

  for (const path of ['notifications', 'lifecycle']) {
    it(`${path}: sends the token back, plain and whole`, async () => {
      const validationToken = 'Validation: Testing client application reachability for subscription Request-Id: 1 + ?&=%';
      assert.deepEqual(await post(path, '', { validationToken, key: 'x' }), { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }, body: validationToken });
    });

    it(`${path}: sends nothing back that could be a page, a header or a flood`, async () => {
      for (const validationToken of ['<script>alert(1)</script>', 'a\r\nSet-Cookie: x', 'x'.repeat(2_049), '', 'a\u0000']) {
        const { status, body } = await post(path, '', { validationToken });
        assert.deepEqual([status, body], [400, undefined], validationToken.slice(0, 20));
      }
    });

    it(`${path}: what is no notice is refused and harms nothing`, async () => {
      for (const body of ['', 'x', '{}', '[]', 'null', '{"value":1}', Buffer.from([0xff, 0xfe]), `{"value":${'['.repeat(5_000)}`]) assert.equal((await post(path, body)).status, 400);
      assert.equal((await post(path, { value: [null, 1, 'x', {}, { clientState: 7 }, { clientState: 'x'.repeat(500) }] })).status, 202);
      assert.deepEqual(world.marked, []);
    });
  }

  it('a change asks for its event to be looked at; many of one event once; a vanished one for a sweep as well', async () => {
    const value = [await notice(ann.id), await notice(ann.id), await notice(bob, { resourceData: { id: 'e2' } }), await notice(bob, { changeType: 'deleted', resourceData: { id: 'e3' } })];
    assert.equal((await post('notifications', { value })).status, 202);
    assert.deepEqual(marks(), [`calendar.event m365/${ann.id}/e1`, `calendar.event m365/${bob}/e2`, `calendar.event m365/${bob}/e3`, `calendar.sweep m365/${bob}`]);
  });

  it('an event that is not named, or strangely, asks for a sweep', async () => {
    for (const resourceData of [null, undefined, {}, { id: '' }, { id: 'a/b' }, { id: '../x' }, { id: 'x'.repeat(513) }, { id: 'a b' }]) {
      world.marked.length = 0;
      await post('notifications', { value: [await notice(ann.id, { resourceData })] });
      assert.deepEqual(marks(), [`calendar.sweep m365/${ann.id}`]);
    }
  });

  it('forged: without our proof, with another mailbox\'s, another key\'s or another tenant\'s, nothing happens, and the good ones beside it count', async () => {
    const other = createClientStates('m365', async () => 'guessed');
    const proof = await states.of(ann.id);
    const forged = [
      await notice(ann.id, { clientState: null }), await notice(ann.id, { clientState: 'x' }), await notice(ann.id, { clientState: await other.of(ann.id) }),
      await notice(ann.id, { clientState: proof.replace(ann.id, bob) }), await notice(ann.id, { clientState: `${proof}x` }), await notice(ann.id, { clientState: proof.slice(0, -1) }),
      await notice(ann.id, { tenantId: '33333333-3333-4333-8333-333333333333' }), await notice(ann.id, { clientState: '..' }),
    ];
    assert.equal((await post('notifications', { value: forged })).status, 202);
    assert.equal((await post('lifecycle', { value: forged })).status, 202);
    assert.deepEqual(world.marked, []);
    await post('notifications', { value: [...forged, await notice(bob)] });
    assert.deepEqual(marks(), [`calendar.event m365/${bob}/e1`]);
    const told = world.logged.filter(({ message }) => message.includes('without our proof'));
    assert.equal(told.length, 1);
    assert.ok(!JSON.stringify(world.logged).includes(proof));
  });

  it('replayed and out of order: the same marks, nothing else', async () => {
    const [first, second] = [await notice(ann.id, { resourceData: { id: 'e1' } }), await notice(ann.id, { resourceData: { id: 'e2' }, changeType: 'created' })];
    for (const value of [[second], [first], [first], [second, first]]) assert.equal((await post('notifications', { value })).status, 202);
    assert.deepEqual([...new Set(marks())], [`calendar.event m365/${ann.id}/e1`, `calendar.event m365/${ann.id}/e2`]);
  });

  for (const [event, kinds] of [['reauthorizationRequired', ['calendar.subscription']], ['subscriptionRemoved', ['calendar.subscription', 'calendar.sweep']], ['missed', ['calendar.subscription', 'calendar.sweep']], ['somethingNew', ['calendar.subscription', 'calendar.sweep']]] as const) {
    it(`lifecycle ${event}: ${kinds.join(' and ')}`, async () => {
      assert.equal((await post('lifecycle', { value: [await notice(ann.id, { changeType: undefined, lifecycleEvent: event })] })).status, 202);
      assert.deepEqual(marks(), kinds.map((kind) => `${kind} m365/${ann.id}`));
    });
  }

  it('what cannot be kept is not acknowledged: Graph sends it again', async () => {
    await world.close();
    await start({ mark: () => Promise.reject(new Error('database gone')) });
    assert.equal((await post('notifications', { value: [await notice(ann.id)] })).status, 503);
  });

  it('a database that hangs costs 503 within three seconds, never a slow answer', async () => {
    await world.close();
    const begun: WakeKey[][] = [];
    const mark = (keys: WakeKey[]): Promise<void> => {
      begun.push(keys);
      return new Promise(() => undefined);
    };
    await start({ mark });
    const answer = post('notifications', { value: [await notice(ann.id)] });
    while (begun.length === 0) await new Promise(setImmediate);
    world.clock.advance(2_999);
    assert.equal((await answer).status, 503);
  });

  it('whatever is posted: 202 or 400, and no mark', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('notifications', 'lifecycle'), fc.oneof(fc.json(), fc.string(), fc.array(fc.anything()).map((value) => JSON.stringify({ value }) ?? '')), async (path, body) => {
        assert.ok([202, 400].includes((await post(path, body)).status));
        assert.deepEqual(world.marked, []);
      }),
      { numRuns: 200 },
    );
  });
});
