import assert from 'node:assert/strict';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { networkError } from '../../../../../server/connectors/graph/client/network-error.ts';
import { ann, refused, row, startScripted } from './scripted.ts';
import type { Scripted } from './scripted.ts';

/** A connection that failed with this code of node. */
function about(code: string): TheirError {
  return networkError('m365', 'read an event', 'https://graph.test/v1.0/users/ann?x=1', new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }));
}

/** Whatever goes wrong with a call: what the caller is told, and what is sent again. */
describe('graph: one call', () => {
  let world: Scripted;
  beforeEach(async () => void (world = await startScripted()));
  afterEach(async () => world.close());

  function read(): Promise<unknown> {
    return world.graph.calendarSource.event(ann, 'event-1');
  }

  async function failure(run: () => Promise<unknown> = read): Promise<TheirError> {
    const error = await run().then(() => assert.fail('no error'), (cause: unknown) => cause);
    assert.ok(error instanceof TheirError, String(error));
    return error;
  }

  it('asks for immutable ids, names itself for support, and carries the token', async () => {
    world.script(() => ({ json: row() }));
    await read();
    const { headers, url } = world.asked[0] ?? assert.fail('nothing asked');
    assert.equal(headers.prefer, 'IdType="ImmutableId"');
    assert.equal(headers.authorization, 'Bearer token-1');
    assert.match(String(headers['client-request-id']), /^[0-9a-f-]{36}$/);
    assert.ok(url.startsWith(`/v1.0/users/${ann.id}/events/event-1?$select=id%2CiCalUId%2C`), url);
  });

  it('encodes every value: an id cannot name another path or another query', async () => {
    world.script(() => refused(404, 'ErrorItemNotFound'));
    assert.equal(await world.graph.calendarSource.event(ann, '../../me?x=1&$select=body#/https://evil.test/'), null);
    assert.equal(world.asked[0]?.path, `/v1.0/users/${ann.id}/events/..%2F..%2Fme%3Fx%3D1%26%24select%3Dbody%23%2Fhttps%3A%2F%2Fevil.test%2F`);
    await assert.rejects(world.graph.calendarSource.event(ann, '..'), /only dots/);
    assert.equal(world.asked.length, 1);
  });

  it('a refused token is asked for anew once, then it is the administrator\'s turn', async () => {
    world.script(({ headers }) => (headers.authorization === 'Bearer token-1' ? refused(401, 'InvalidAuthenticationToken') : { json: row() }));
    await read();
    assert.deepEqual([world.tokens.length, world.asked.length], [2, 2]);
    world.script(() => refused(401, 'InvalidAuthenticationToken'));
    const error = await failure();
    assert.equal(error.fault, 'denied');
    assert.match(error.remedy ?? '', /token/);
    assert.equal(world.asked.length, 4);
  });

  it('a refused right names the permission and how to get it', async () => {
    world.script(() => refused(403, 'ErrorAccessDenied'));
    const error = await failure();
    assert.deepEqual([error.fault, error.connector, error.passing], ['denied', 'm365', false]);
    assert.match(error.remedy ?? '', /"Application Calendars\.Read".*RBAC/);
    assert.match(error.message, /read an event: HTTP 403 ErrorAccessDenied, request-id r-1/);
    world.script(() => refused(403, 'Authorization_RequestDenied'));
    assert.match((await failure(() => world.graph.calendarSource.findMailbox('ann@contoso.test'))).remedy ?? '', /User\.Read\.All/);
  });

  it('only "item not found" means that an event is gone: a missing mailbox or a proxy\'s 404 must not read as deleted', async () => {
    world.script(() => refused(404, 'ErrorItemNotFound'));
    assert.equal(await read(), null);
    for (const code of ['MailboxNotEnabledForRESTAPI', 'ErrorInvalidUser', 'ResourceNotFound', '']) {
      world.script(() => refused(404, code));
      assert.equal((await failure()).fault, 'gone', code);
    }
    world.script(() => ({ status: 404, text: '<html>Not here</html>' }));
    assert.equal((await failure()).fault, 'gone');
    world.script(() => refused(400, 'ErrorInvalidIdMalformed'));
    assert.equal((await failure()).fault, 'refused');
  });

  for (const [header, waits] of [['7', 7_000], ['2.249', 2_249], ['0.249', 1_000], ['0', 1_000], ['soon', 1_000], ['Sat, 21 Nov 2026 09:00:05 GMT', 5_000]] as const) {
    it(`429 with Retry-After "${header}": waits ${waits} ms and asks again`, async () => {
      world.script(() => (world.asked.length === 1 ? refused(429, 'ApplicationThrottled', { headers: { 'retry-after': header } }) : { json: row() }));
      await read();
      assert.equal(world.clock.slept[0], waits);
      assert.equal(world.asked.length, 2);
    });
  }

  it('a longer pause than a call may wait is handed to the caller, and the mailbox is left alone until then', async () => {
    world.script(() => refused(429, 'ApplicationThrottled', { headers: { 'retry-after': '600' } }));
    const error = await failure();
    assert.deepEqual([error.fault, error.retryAfterMs, world.asked.length], ['throttled', 600_000, 1]);
    const again = await failure();
    assert.deepEqual([again.fault, world.asked.length], ['throttled', 1]);
    world.script(() => ({ json: row({ id: 'event-2' }) }));
    await world.graph.calendarSource.event({ ...ann, id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' }, 'event-2');
    world.clock.advance(600_000);
    await read();
  });

  for (const status of [500, 502, 503, 504]) {
    it(`${status} to a read: asked again a few times, then told as passing`, async () => {
      world.script(() => ({ status, text: 'busy' }));
      const error = await failure();
      assert.deepEqual([error.fault, error.passing, world.asked.length], ['unavailable', true, 4]);
    });
  }

  it('a write that may not happen twice is not sent again when its fate is unknown, but is after a 429', async () => {
    world.script(() => ({ status: 504 }));
    await failure(() => world.graph.calendarSource.subscribe(ann));
    assert.equal(world.asked.length, 1);
    world.script(() => (world.asked.length === 2 ? refused(429, 'TooManyRequests', { headers: { 'retry-after': '1' } }) : { status: 201, json: { id: 's', expirationDateTime: '2026-11-28T09:00:00Z' } }));
    assert.equal((await world.graph.calendarSource.subscribe(ann)).id, 's');
    assert.equal(world.asked.length, 3);
  });

  it('a slow answer is given up after the attempt\'s deadline; all attempts together after the call\'s', async () => {
    await world.close();
    world = await startScripted({ config: { deadlines: { attemptMs: 5_000, overallMs: 12_000 } } });
    world.script(() => 'hang');
    const failed = failure();
    for (let attempt = 1; attempt <= 2; attempt++) {
      await world.arrived(attempt);
      world.clock.advance(5_000);
    }
    await world.arrived(3);
    world.clock.advance(2_000);
    const error = await failed;
    assert.equal(error.fault, 'no-answer');
    assert.match(error.message, /within 12000 ms/);
  });

  it('a connection that breaks is told as no answer', async () => {
    world.script(() => 'cut');
    assert.equal((await failure()).fault, 'no-answer');
  });

  it('a name that nobody knows, a host that refuses, a certificate that nobody trusts: each says what to look at', () => {
    assert.match(`${about('ENOTFOUND').message} ${about('ENOTFOUND').remedy ?? ''}`, /graph\.test cannot be resolved.*DNS/);
    assert.match(`${about('ECONNREFUSED').message} ${about('ECONNREFUSED').remedy ?? ''}`, /no answer from graph\.test \(ECONNREFUSED\).*reach graph\.test/);
    assert.match(`${about('SELF_SIGNED_CERT_IN_CHAIN').message} ${about('SELF_SIGNED_CERT_IN_CHAIN').remedy ?? ''}`, /not trusted.*caFile/);
    assert.ok(['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', ''].every((code) => about(code).fault === 'no-answer' && !about(code).message.includes('users')));
  });

  it('follows 303 with GET and without the body, stays within Graph, and ends a circle', async () => {
    world.script(({ path }) => (path.endsWith('/event-1') ? { status: 303, headers: { location: '/v1.0/elsewhere' } } : { json: row() }));
    await read();
    assert.deepEqual(world.asked.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`), ['GET event-1', 'GET elsewhere']);
    world.script(({ path }) => (path.endsWith('/subscriptions') ? { status: 303, headers: { location: '/v1.0/made' } } : { json: { id: 's', expirationDateTime: '2026-11-28T09:00:00Z' } }));
    await world.graph.calendarSource.subscribe(ann);
    const { method, path, body, headers } = world.asked.at(-1) ?? assert.fail();
    assert.deepEqual([method, path, body, headers['content-type']], ['GET', '/v1.0/made', '', undefined]);
    world.script(() => ({ status: 302, headers: { location: 'https://evil.test/' } }));
    assert.match((await failure()).message, /another host/);
    world.script(({ url }) => ({ status: 307, headers: { location: url } }));
    assert.match((await failure()).message, /circles/);
  });

  it('an answer that is no JSON, or of another form, is unreadable, and its text stays out of the error', async () => {
    world.script(() => ({ headers: { 'content-type': 'application/json' }, text: '<html>secret subject</html>' }));
    const error = await failure();
    assert.equal(error.fault, 'unreadable');
    assert.ok(!JSON.stringify([error.message, String(error.cause)]).includes('secret'));
    world.script(() => ({ json: { id: 7, subject: 'secret' } }));
    assert.match((await failure()).message, /\(id\)/);
  });

  it('no log line holds the token, the secret, a subject, a mailbox or an address', async () => {
    world.script(() => (world.asked.length === 1 ? refused(503, 'ErrorServerBusy', { message: 'Weekly of ann@contoso.test' }) : { json: row() }));
    await read();
    const text = JSON.stringify(world.logged);
    assert.match(text, /Graph answered/);
    for (const secret of ['token-1', 'top-secret', 'Weekly', ann.id, 'contoso.test']) assert.ok(!text.includes(secret), secret);
  });

  it('never has more than three calls in one mailbox at a time', async () => {
    world.script(() => 'hang');
    const calls = Array.from({ length: 8 }, () => read());
    await world.arrived(3);
    const other = world.graph.calendarSource.event({ ...ann, id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' }, 'x');
    await world.arrived(4);
    assert.equal(world.asked.filter(({ path }) => path.includes(ann.id)).length, 3);
    world.clock.advance(200_000);
    await Promise.allSettled([...calls, other]);
  });
});
