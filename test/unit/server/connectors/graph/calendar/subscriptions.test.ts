import assert from 'node:assert/strict';
import { createClientStates } from '../../../../../../server/connectors/graph/client-state.ts';
import { TheirError } from '../../../../../../server/domain/errors.ts';
import { ann, refused, startScripted } from '../scripted.ts';
import type { Asked, Scripted, Told } from '../scripted.ts';

const expirationDateTime = '2026-11-28T08:50:00Z';

function bodyOf(asked: Asked | undefined): Record<string, unknown> {
  return JSON.parse(asked?.body ?? '{}');
}

async function failure(run: Promise<unknown>): Promise<TheirError> {
  const error = await run.then(() => assert.fail('no error'), (cause: unknown) => cause);
  assert.ok(error instanceof TheirError, String(error));
  return error;
}

describe('graph: asking to be told of changes', () => {
  let world: Scripted;
  beforeEach(async () => void (world = await startScripted()));
  afterEach(async () => world.close());

  const source = () => world.graph.calendarSource;
  it('names our doors, the longest life, and a secret that fits this mailbox alone', async () => {
    world.script(() => ({ status: 201, json: { id: 's1', expirationDateTime } }));
    assert.deepEqual(await source().subscribe(ann), { id: 's1', expiresAt: Date.parse(expirationDateTime) });
    const { notificationUrl, clientState, ...body } = bodyOf(world.asked[0]);
    assert.deepEqual(body, {
      changeType: 'created,updated,deleted', lifecycleNotificationUrl: 'https://tieline.test/hooks/m365/lifecycle', resource: `/users/${ann.id}/events`, expirationDateTime: '2026-11-28T08:50:00.000Z',
    });
    assert.match(String(notificationUrl), /^https:\/\/tieline\.test\/hooks\/m365\/notifications\?key=[\w-]{8}$/);
    assert.ok(String(clientState).length <= 128 && !String(clientState).includes('top-secret'));
    assert.equal(world.asked[0]?.headers.prefer, 'IdType="ImmutableId"');
    const states = createClientStates('m365', async () => 'top-secret-value');
    assert.equal(await states.mailboxOf(String(clientState)), ann.id);
    assert.equal(await states.mailboxOf(String(clientState).replace('aaaaaaaa', 'bbbbbbbb')), null);
    assert.equal(await createClientStates('m365', async () => 'another').mailboxOf(String(clientState)), null);
    assert.equal(await createClientStates('other', async () => 'top-secret-value').mailboxOf(String(clientState)), null);
  });

  it('one that we forgot gives way to a new one, and others stay', async () => {
    const others = [{ id: 'mine', resource: `users/${ann.id.toUpperCase()}/Events`, expirationDateTime }, { id: 'bob', resource: '/users/bob/events', expirationDateTime }, { nonsense: 1 }];
    const script = ({ method, path }: Asked): Told => {
      if (method === 'GET') return { json: { value: others } };
      if (method === 'DELETE') return { status: path.endsWith('/mine') ? 204 : 500 };
      return world.asked.filter((each) => each.method === 'POST').length === 1 ? refused(409, 'Conflict') : { status: 201, json: { id: 'new', expirationDateTime } };
    };
    world.script(script);
    assert.equal((await source().subscribe(ann)).id, 'new');
    assert.deepEqual(world.asked.map(({ method, path }) => `${method} ${path.replace('/v1.0/subscriptions', '')}`), ['POST ', 'GET ', 'DELETE /mine', 'POST ']);
  });

  it('doors that Graph cannot reach are told with the address and what to do, in the status as well, until it works', async () => {
    world.script(() => refused(400, 'ValidationError', { message: 'Subscription validation request failed. Notification endpoint could not be reached.' }));
    const error = await failure(source().subscribe(ann));
    assert.deepEqual([error.fault, error.passing], ['unavailable', true]);
    assert.match(`${error.message} ${error.remedy ?? ''}`, /tieline\.test.*from the internet/);
    assert.deepEqual(world.graph.status().gaps.map(({ capability }) => capability), ['notifications']);
    world.script(() => ({ status: 201, json: { id: 's1', expirationDateTime } }));
    await source().subscribe(ann);
    assert.deepEqual(world.graph.status().gaps, []);
    world.script(() => refused(400, 'ExtensionError', { message: 'Something else' }));
    assert.equal((await failure(source().subscribe(ann))).fault, 'refused');
  });

  it('too many subscriptions are no missing right', async () => {
    world.script(() => refused(403, 'ExtensionError', { message: 'The mailbox has reached its limit of 1000 subscriptions.' }));
    const error = await failure(source().subscribe(ann));
    assert.equal(error.fault, 'refused');
    assert.match(error.remedy ?? '', /other software/);
    assert.deepEqual(world.graph.status().gaps, []);
  });

  it('renewing one that is gone says so; one that leads elsewhere or has an older secret is ended and counts as gone', async () => {
    world.script(() => refused(404, 'ResourceNotFound'));
    assert.equal((await failure(source().renew(ann, 's1'))).fault, 'gone');
    world.script(({ method }) => (method === 'DELETE' ? { status: 204 } : { json: { id: 's1', expirationDateTime, notificationUrl: 'https://old.test/hooks/m365/notifications?key=aaaaaaaa' } }));
    assert.equal((await failure(source().renew(ann, 's1'))).fault, 'gone');
    assert.deepEqual(world.asked.map(({ method }) => method), ['PATCH', 'PATCH', 'DELETE']);
  });

  it('renewing asks for the longest life again', async () => {
    world.script(({ method }) => ({ status: method === 'POST' ? 201 : 200, json: { id: 's1', expirationDateTime } }));
    await source().subscribe(ann);
    const url = bodyOf(world.asked[0])['notificationUrl'];
    world.script(() => ({ json: { id: 's1', expirationDateTime, notificationUrl: url } }));
    world.clock.advance(86_400_000);
    await source().renew(ann, 's1');
    assert.deepEqual([world.asked[1]?.method, bodyOf(world.asked[1])], ['PATCH', { expirationDateTime: '2026-11-29T08:50:00.000Z' }]);
  });

  it('ending one that is gone is no error; another refusal is', async () => {
    world.script(() => refused(404, 'ResourceNotFound'));
    await source().unsubscribe('s1');
    world.script(() => refused(403, 'Forbidden'));
    await assert.rejects(source().unsubscribe('s1'));
  });
});
