import assert from 'node:assert/strict';
import { ada, bob, members, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail, WireReply } from '../../../support/lab-mail.ts';
import { until } from './endpoint.ts';
import { codeOf, event, idOf } from './shapes.ts';

function statuses(replies: WireReply[]): number[] {
  return replies.map(({ status }) => status).toSorted((a, b) => a - b);
}

describe('lab graph: budgets and batches', () => {
  let lab: LabMail;

  beforeEach(async () => {
    lab = await startLabMail();
  });

  afterEach(async () => lab.close());

  it('four at a time for one app and mailbox: the fifth gets 429 with Retry-After, another mailbox is not touched', async () => {
    lab.graph.faults.slow(1_000);
    const paths = [...Array.from({ length: 6 }, () => `/users/${ada}/events`), `/users/${bob}/events`, '/users'];
    const replies = paths.map((path) => lab.call('GET', path));
    await until(() => lab.graph.log.entries.length === 2, 'two refusals');
    await until(() => {
      lab.clock.advance(1_000);
      return lab.graph.log.entries.length === paths.length;
    }, 'the other answers');
    const all = await Promise.all(replies);
    assert.deepEqual(statuses(all), [200, 200, 200, 200, 200, 200, 429, 429]);
    const refused = all.find(({ status }) => status === 429);
    assert.deepEqual([codeOf(refused ?? all[0]!), refused?.headers['retry-after']], ['ApplicationThrottled', '1']);
    lab.graph.faults.slow(0);
    assert.equal((await lab.call('GET', `/users/${ada}/events`)).status, 200);
  });

  it('10,000 requests in ten minutes, refused ones counted, and free again when they are past', async () => {
    const { createThrottle } = await import('../../../../lab/graph/throttle.ts');
    const throttle = createThrottle(lab.clock);
    const enter = (): void => throttle.enterMailbox('app', 'box')();
    for (let count = 0; count < 10_000; count++) enter();
    assert.throws(enter, { status: 429 });
    throttle.enterMailbox('other app', 'box')();
    lab.clock.advance(10 * 60_000 - 7_000);
    assert.throws(enter, (error: unknown) => error instanceof Error && 'headers' in error && /"retry-after":"(?:[1-9]|1[0-9])"/.test(JSON.stringify(error.headers)));
    lab.clock.advance(14_000);
    enter();
  });

  it('a throttle that is turned on answers with Retry-After as it was given, whole or decimal, as often as asked', async () => {
    for (const retryAfter of ['3', '0.249']) {
      lab.graph.faults.throttle(retryAfter, {}, 1);
      const reply = await lab.call('GET', `/users/${ada}/events`);
      assert.deepEqual([reply.status, reply.headers['retry-after']], [429, retryAfter]);
      assert.equal((await lab.call('GET', `/users/${ada}/events`)).status, 200);
    }
  });

  it('a batch is 200 outside whatever is inside; each inner request counts, is limited and logged by itself', async () => {
    lab.graph.faults.throttle('0.249', { mailbox: lab.exchange.person(bob)?.id ?? '' });
    const requests = [
      { id: 'a', method: 'GET', url: `/users/${ada}/events` }, { id: 'b', method: 'GET', url: `/users/${bob}/events` },
      { id: 'c', method: 'POST', url: `/users/${ada}/events`, headers: { 'Content-Type': 'application/json' }, body: event }, { id: 'd', method: 'GET', url: `/users/nobody@contoso.test/events` },
    ];
    const reply = await lab.call('POST', '/$batch', { body: { requests } });
    const { responses } = members(reply);
    assert.ok(Array.isArray(responses));
    const seen = responses.map((each: unknown): unknown[] => [Object(each).id, Object(each).status, Object(each).headers['retry-after']]);
    assert.deepEqual([reply.status, seen], [200, [['a', 200, undefined], ['b', 429, '0.249'], ['c', 201, undefined], ['d', 404, undefined]]]);
    assert.equal(lab.graph.log.entries.filter(({ isBatched }) => isBatched).length, 4);
    assert.equal(lab.exchange.list(ada).length, 1);
  });

  it('a batch works four at a time: twenty reads of one mailbox are safe alone', async () => {
    const requests = Array.from({ length: 20 }, (_, n) => ({ id: String(n), method: 'GET', url: `/users/${ada}/events` }));
    const { responses } = members(await lab.call('POST', '/$batch', { body: { requests } }));
    assert.ok(Array.isArray(responses) && responses.every((each: unknown) => Object(each).status === 200), JSON.stringify(responses).slice(0, 300));
    assert.equal((await lab.call('POST', '/$batch', { body: { requests: [...requests, { id: 'x', method: 'GET', url: '/me' }] } })).status, 400);
  });

  it('in a batch a failed dependency is 424, ids are unique whatever their case, a body needs its content type', async () => {
    const first = { id: '1', method: 'GET', url: `/users/${ada}/events/unknown` };
    const reply = await lab.call('POST', '/$batch', { body: { requests: [first, { id: '2', method: 'GET', url: `/users/${ada}/events`, dependsOn: ['1'] }] } });
    const { responses } = members(reply);
    assert.deepEqual(Array.isArray(responses) && responses.map((each: unknown): unknown => Object(each).status), [404, 424]);
    assert.equal((await lab.call('POST', '/$batch', { body: { requests: [{ ...first, id: 'a' }, { ...first, id: 'A' }] } })).status, 400);
    assert.equal((await lab.call('POST', '/$batch', { body: { requests: [{ id: '1', method: 'POST', url: `/users/${ada}/events`, body: event }] } })).status, 400);
  });

  it('faults of status, slowness and a mailbox that is gone meet whom they are meant for', async () => {
    const { faults } = lab.graph;
    const adaId = lab.exchange.person(ada)?.id ?? '';
    for (const status of [401, 403, 404, 500, 503]) {
      faults.status(status, { mailbox: adaId, method: 'GET' });
      const reply = await lab.call('GET', `/users/${ada}/events`);
      assert.equal(reply.status, status);
      assert.match(reply.text, /"innerError":\{"date":"2026-03-20T08:00:00","request-id":"[0-9a-f-]{36}"/);
      assert.equal((await lab.call('GET', `/users/${bob}/events`)).status, 200);
    }
    assert.equal((await lab.call('POST', `/users/${ada}/events`, { body: event })).status, 201);
    faults.mend();
    faults.mailboxGone(adaId);
    assert.equal((await lab.call('GET', `/users/${ada}/events`)).status, 404);
    faults.mailboxGone(adaId, false);
    assert.deepEqual([(await lab.call('GET', `/users/${ada}/events`)).status, faults.active()], [200, []]);
  });

  it('a lost reply is a write that was done: with an error status, or with the connection cut', async () => {
    lab.graph.faults.loseReply(504, { method: 'POST' }, 1);
    const body = { ...event, transactionId: 'once' };
    assert.equal((await lab.call('POST', `/users/${ada}/events`, { body })).status, 504);
    assert.equal(lab.exchange.list(ada).length, 1);
    const again = await lab.call('POST', `/users/${ada}/events`, { body });
    assert.deepEqual([again.status, lab.exchange.list(ada).length, lab.graph.mails.length], [201, 1, 1]);
    lab.graph.faults.loseReply(0, { method: 'DELETE' }, 1);
    await assert.rejects(lab.call('DELETE', `/users/${ada}/events/${idOf(again)}`));
    assert.equal(lab.exchange.list(ada).length, 0);
  });
});
