import assert from 'node:assert/strict';
import { z } from 'zod';
import { batchReads, refusalIn } from '../../../../../server/connectors/graph/client/batch.ts';
import type { BatchAnswer } from '../../../../../server/connectors/graph/client/batch.ts';
import type { GraphCall } from '../../../../../server/connectors/graph/client/call.ts';
import type { GraphClient } from '../../../../../server/connectors/graph/client/client.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { hastyClock } from './scripted.ts';

const innerRequests = z.object({ requests: z.array(z.object({ id: z.string(), url: z.string(), dependsOn: z.array(z.string()).optional(), headers: z.record(z.string(), z.string()) })) });
type Inner = z.output<typeof innerRequests>['requests'][number];
interface InnerAnswer { id: string; status: number; headers?: Record<string, string>; body?: unknown }

/** A Graph that works on a batch as it says: one after the other, and 424 for all that wait for a refused one. `answer` says what becomes of one request. */
function batchGraph(answer: (inner: Inner, batch: number) => Omit<InnerAnswer, 'id'>): { client: GraphClient; batches: Inner[][]; calls: GraphCall[]; held: number[] } {
  const batches: Inner[][] = [];
  const calls: GraphCall[] = [];
  const held: number[] = [];
  const client: GraphClient = {
    base: 'https://graph.test',
    budgets: { run: async (_use, run) => run(), shared: async (_calls, run) => run(), sharedRequests: 16, holdOff: (_use, ms) => void held.push(ms), resync: async (run) => run() },
    async call(call, schema) {
      const { requests } = innerRequests.parse(call.body);
      batches.push(requests);
      calls.push(call);
      const statuses = new Map<string, number>();
      const responses = requests.map((inner) => {
        const waitsInVain = (inner.dependsOn ?? []).some((id) => (statuses.get(id) ?? 0) >= 400);
        const told = waitsInVain ? { status: 424 } : answer(inner, batches.length);
        statuses.set(inner.id, told.status);
        return { id: inner.id, ...told };
      });
      // Graph answers in any order.
      return schema.parse({ responses: responses.toReversed() });
    },
  };
  return { client, batches, calls, held };
}

const clock = hastyClock();

function read(client: GraphClient, count: number): Promise<BatchAnswer[]> {
  const reads = Array.from({ length: count }, (_, index) => ({ path: `/users/ann/events/${index}`, query: { $select: 'id,subject' } }));
  return batchReads({ client, connector: 'm365', clock, what: 'read events', right: 'Calendars.Read', mailbox: 'ann' }, reads);
}

describe('graph: many reads in one request', () => {
  it('sends twenty at most, one after the other, each with immutable ids, and gives answers in the order of asking', async () => {
    const { client, batches, calls } = batchGraph(({ url }) => ({ status: 200, body: url }));
    const answers = await read(client, 45);
    assert.deepEqual(batches.map(({ length }) => length), [20, 20, 5]);
    assert.ok(answers.every(({ body }, index) => body === `/users/ann/events/${index}?$select=id%2Csubject`));
    assert.ok(batches.flat().every(({ headers }) => headers['Prefer'] === 'IdType="ImmutableId"'));
    for (const batch of batches) for (const [place, { dependsOn }] of batch.entries()) assert.deepEqual(dependsOn, place === 0 ? undefined : [batch[place - 1]?.id]);
    assert.deepEqual(calls.map(({ cost, budget }) => [cost, budget]), [20, 20, 5].map((cost) => [cost, { workload: 'mailbox', mailbox: 'ann' }]));
  });

  it('nothing to read asks nobody', async () => {
    const { client, batches } = batchGraph(() => ({ status: 200 }));
    assert.deepEqual([await read(client, 0), batches.length], [[], 0]);
  });

  it('one that is gone is an answer; those that waited for it in vain are sent again', async () => {
    const { client, batches } = batchGraph(({ id }) => (id === '2' || id === '4' ? { status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'x' } } } : { status: 200, body: id }));
    const answers = await read(client, 6);
    assert.deepEqual(answers.map((answer) => refusalIn(answer)?.code ?? answer.body), ['0', '1', 'ErrorItemNotFound', '3', 'ErrorItemNotFound', '5']);
    assert.deepEqual(batches.map(({ length }) => length), [6, 3, 1]);
  });

  it('an inner 429 behind an outer 200 rests the mailbox as told, decimals too, and is asked again', async () => {
    const { client, held } = batchGraph(({ id }, batch) => (batch === 1 && id === '1' ? { status: 429, headers: { 'Retry-After': '2.5' }, body: { error: { code: 'ApplicationThrottled' } } } : { status: 200, body: id }));
    const answers = await read(client, 3);
    assert.deepEqual([answers.map(({ body }) => body), held], [['0', '1', '2'], [2_500]]);
  });

  it('refused without end is told as throttled, with the pause', async () => {
    const { client, batches } = batchGraph(() => ({ status: 429, headers: { 'Retry-After': '9' } }));
    await assert.rejects(read(client, 3), (error) => error instanceof TheirError && error.fault === 'throttled' && error.retryAfterMs === 9_000);
    assert.equal(batches.length, 3);
  });

  it('a batch that leaves requests unanswered does not go round for ever', async () => {
    const { client } = batchGraph(() => ({ status: 200 }));
    const deaf: GraphClient = { ...client, call: async (_call, schema) => schema.parse({ responses: [] }) };
    await assert.rejects(read(deaf, 2), /not answered/);
  });

  it('bytes come through whole', async () => {
    const bytes = Buffer.from([0, 255, 1, 254, 128]);
    const { client } = batchGraph(() => ({ status: 200, headers: { 'Content-Type': 'image/jpeg' }, body: bytes.toString('base64') }));
    const [answer] = await read(client, 1);
    assert.deepEqual([answer?.bytes, answer?.body], [bytes, null]);
  });
});
