import assert from 'node:assert/strict';
import { ada, startLabMail } from '../../../support/lab-mail.ts';
import type { LabMail } from '../../../support/lab-mail.ts';
import { openEndpoint, step, until } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

const second = 1_000;
const minute = 60_000;

describe('lab graph: delivery of notifications', () => {
  let lab: LabMail;
  let endpoint: Endpoint;

  beforeEach(async () => {
    lab = await startLabMail();
    endpoint = await openEndpoint(lab);
    const body = { changeType: 'created', notificationUrl: endpoint.url, resource: `users/${ada}/events`, expirationDateTime: new Date(lab.clock.now() + 7 * 24 * 3_600_000).toISOString() };
    assert.equal((await lab.call('POST', '/subscriptions', { body })).status, 201);
  });

  afterEach(async () => lab.close());

  function change(times = 1): void {
    for (let count = 0; count < times; count++) lab.exchange.saveItem(ada, { subject: 'x', start: 0, end: 1 });
  }

  function outcomes(): string[] {
    return lab.graph.deliveries.map(({ outcome }) => outcome);
  }

  /** Turns the clock in steps, until so many deliveries were tried. */
  async function advanceUntil(count: number, stepMs: number): Promise<void> {
    while (lab.graph.deliveries.length < count) await step(lab, stepMs);
  }

  it('a refused one is tried again with growing gaps, and no longer than four hours', async () => {
    endpoint.status = 503;
    change();
    await advanceUntil(3, second);
    endpoint.status = 202;
    await advanceUntil(4, second);
    assert.deepEqual(outcomes(), ['refused', 'refused', 'refused', 'accepted']);
    const at = lab.graph.deliveries.map((delivery) => delivery.at);
    const gaps = at.slice(1).map((instant, index) => instant - (at[index] ?? 0));
    assert.ok(gaps.every((gap, index) => gap >= (gaps[index - 1] ?? 10 * second)), gaps.join());
    endpoint.status = 500;
    change();
    await advanceUntil(5, second);
    const started = lab.clock.now();
    while (lab.graph.pendingNotifications() > 0) await step(lab, minute);
    const lasted = lab.clock.now() - started;
    assert.ok(lasted > 3.5 * 60 * minute && lasted < 4.6 * 60 * minute, `${lasted / minute} minutes`);
  });

  it('an answer after three seconds counts as none', async () => {
    endpoint.isHanging = true;
    change();
    lab.clock.advance(100);
    await until(() => endpoint.posts.length === 1, 'first post');
    lab.clock.advance(10 * second);
    await until(() => outcomes().length === 1, 'timeout');
    lab.clock.advance(10 * second);
    await until(() => endpoint.posts.length === 2, 'second post');
    lab.clock.advance(3 * second + 1);
    endpoint.release();
    await until(() => outcomes().length === 2, 'slow answer');
    endpoint.isHanging = false;
    await advanceUntil(3, second);
    assert.deepEqual([outcomes(), endpoint.posts.length], [['timeout', 'slow', 'accepted'], 3]);
  });

  it('lost, late, twice, shuffled: each as it is turned, and as usual when mended', async () => {
    const { notifications } = lab.graph.faults;
    notifications.lost = 1;
    change(3);
    assert.deepEqual(outcomes(), ['lost', 'lost', 'lost']);
    lab.graph.faults.mend();
    notifications.twice = true;
    change();
    await advanceUntil(5, 100);
    assert.equal(JSON.stringify(endpoint.posts[0]), JSON.stringify(endpoint.posts[1]));
    lab.graph.faults.mend();
    notifications.lateMs = minute;
    change();
    await step(lab, 100);
    await step(lab, minute - 1);
    assert.equal(outcomes().length, 5);
    await advanceUntil(6, 1);
    lab.graph.faults.mend();
    notifications.shuffled = true;
    change(8);
    await advanceUntil(14, 100);
    const ids = endpoint.posts.slice(3).map(([item]) => String(item?.['resource']).split('/').pop());
    const inOrder = lab.exchange.list(ada).slice(-8).map(({ restId }) => restId);
    assert.deepEqual(new Set(ids), new Set(inOrder));
    assert.notDeepEqual(ids, inOrder);
    assert.deepEqual(lab.graph.faults.active(), ['notifications shuffled']);
  });

  it('half of them lost is the same half for the same seed', async () => {
    lab.graph.faults.notifications.lost = 0.5;
    change(20);
    const lost = outcomes().length;
    assert.ok(lost > 3 && lost < 17, String(lost));
    const other = await startLabMail();
    try {
      const body = { changeType: 'created', notificationUrl: endpoint.url, resource: `users/${ada}/events`, expirationDateTime: new Date(other.clock.now() + 7 * 24 * 3_600_000).toISOString() };
      assert.equal((await other.call('POST', '/subscriptions', { body })).status, 201);
      other.graph.faults.notifications.lost = 0.5;
      for (let count = 0; count < 20; count++) other.exchange.saveItem(ada, { subject: 'x', start: 0, end: 1 });
      assert.equal(other.graph.deliveries.length, lost);
    } finally {
      await other.close();
    }
  });
});
