import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClientStates } from '../server/connectors/graph/client-state.ts';
import { systemClock } from '../server/ports/clock.ts';
import type { Store } from '../server/store/connect.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { startHooks, type HooksProcess } from './frame/hooks-process.ts';
import { percentile } from './frame/statistics.ts';
import { openBenchStore } from './frame/store.ts';

/** Connections over which the notices come, each with one post under way. */
const senders = 16;
/** Graph puts notices together as it likes: one alone is the dearest for us, several in a post are what a busy tenant sees. */
const several = 5;
/** Later than this, Graph counts an answer as slow (graph.md §1). */
const tooLateMs = 3_000;
const mailboxes = 500;
const secret = 'bench';
const tenantId = '11111111-1111-4111-8111-111111111111';
const connector = { type: 'graph' as const, instance: 'm365', tenantId, clientId: '22222222-2222-4222-8222-222222222222', clientSecretEnv: 'BENCH_SECRET' };

/** What the senders saw. Times in ms. */
interface Sent { acknowledged: Set<string>; waits: number[]; late: number; refused: number; broken: number }

/** Notices of changed events, as Graph posts them, as fast as they are taken, into a process with the role `hooks` alone; then the same, with a kill -9 under the load. */
async function run(context: BenchContext): Promise<Result[]> {
  const seconds = context.isFull ? 20 : 3;
  const { store, databaseUrl, close } = await openBenchStore(systemClock({ keepsAlive: true }));
  try {
    const hooks = await startHooks(databaseUrl, [connector], { BENCH_SECRET: secret });
    try {
      const states = createClientStates(connector.instance, async () => secret);
      const proofs = await Promise.all(Array.from({ length: mailboxes }, () => states.of(randomUUID())));
      await flood(hooks, proofs, 1, 1);
      const alone = await flood(hooks, proofs, 1, seconds);
      const together = await flood(hooks, proofs, several, seconds);
      const dying = await floodAndKill(hooks, proofs, seconds);
      const all = [alone, together, dying];
      const lost = await lostOf(store, all.map(({ acknowledged }) => acknowledged));
      if (lost > 0) throw new Error(`${lost} acknowledged notices were lost`);
      const refused = all.reduce((sum, each) => sum + each.refused, 0);
      if (refused > 0 || alone.broken + together.broken > 0) throw new Error(`${refused} posts were refused, and ${alone.broken + together.broken} broke with nothing killed`);
      context.note(`A server process with the role hooks, its PostgreSQL (fsync on) and ${senders} senders share the processor; each notice is of another event, in ${mailboxes} mailboxes, with its own proof. ${seconds} s each; an answer is 202 after the rows are committed. In the last run the process is killed with -9 in the middle, and the senders go on: ${dying.broken} posts got no answer (Graph sends such ones again), and each of the ${dying.acknowledged.size} acknowledged ones stands in the work table.`);
      const row = (metric: string, unit: string, ours: number, better: Result['better'], runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better, runs });
      return [
        row('accepted, one to a post', '1/s', alone.acknowledged.size / seconds, 'higher'),
        row('answer, one to a post, p99', 'ms', percentile(alone.waits, 0.99), 'lower', alone.waits.length),
        row(`accepted, ${several} to a post`, '1/s', together.acknowledged.size / seconds, 'higher'),
        row(`answer, ${several} to a post, p99`, 'ms', percentile(together.waits, 0.99), 'lower', together.waits.length),
        row('answers later than 3 s', '', all.reduce((sum, each) => sum + each.late, 0), 'lower'),
        row('killed to listening again', 's', dying.downSeconds, 'lower'),
        row('acknowledged around the kill, and lost', '', lost, 'lower', dying.acknowledged.size),
      ];
    } finally {
      await hooks.stop();
    }
  } finally {
    await close();
  }
}

/** Posts for so many seconds, over all connections. */
async function flood(hooks: HooksProcess, proofs: readonly string[], inOnePost: number, seconds: number): Promise<Sent> {
  const sent: Sent = { acknowledged: new Set(), waits: [], late: 0, refused: 0, broken: 0 };
  const end = performance.now() + seconds * 1_000;
  await Promise.all(Array.from({ length: senders }, () => send(hooks, proofs, inOnePost, () => performance.now() < end, sent)));
  return sent;
}

/** The same around a kill: as long before it as after the process is back. */
async function floodAndKill(hooks: HooksProcess, proofs: readonly string[], seconds: number): Promise<Sent & { downSeconds: number }> {
  const sent: Sent = { acknowledged: new Set(), waits: [], late: 0, refused: 0, broken: 0 };
  let isOver = false;
  const sending = Array.from({ length: senders }, () => send(hooks, proofs, several, () => !isOver, sent));
  try {
    await pause(seconds * 500);
    const killed = performance.now();
    await hooks.killAndRestart();
    const downSeconds = (performance.now() - killed) / 1_000;
    const before = sent.acknowledged.size;
    await pause(seconds * 500);
    if (sent.broken === 0) throw new Error('the kill hit nothing under way');
    if (sent.acknowledged.size === before) throw new Error('nothing was taken after the restart');
    return Object.assign(sent, { downSeconds });
  } finally {
    isOver = true;
    await Promise.all(sending);
  }
}

async function send(hooks: HooksProcess, proofs: readonly string[], inOnePost: number, goesOn: () => boolean, sent: Sent): Promise<void> {
  while (goesOn()) {
    const address = hooks.address();
    if (address === null) {
      await pause(20);
      continue;
    }
    const keys: string[] = [];
    const value = Array.from({ length: inOnePost }, () => {
      const [id, clientState = ''] = [randomUUID(), proofs[Math.floor(Math.random() * proofs.length)]];
      const mailbox = clientState.split('.')[1] ?? '';
      keys.push(`${connector.instance}/${mailbox}/${id}`);
      return { subscriptionId: randomUUID(), subscriptionExpirationDateTime: '2099-01-01T00:00:00Z', tenantId, clientState, changeType: 'updated', resource: `Users/${mailbox}/Events/${id}`, resourceData: { '@odata.type': '#Microsoft.Graph.Event', '@odata.id': `Users/${mailbox}/Events/${id}`, id } };
    });
    const from = performance.now();
    const status = await fetch(`${address}/hooks/${connector.instance}/notifications`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ value }), signal: AbortSignal.timeout(10_000) })
      .then(async (response) => (await response.arrayBuffer(), response.status), () => null);
    const wait = performance.now() - from;
    if (status === null) sent.broken += 1;
    else if (status !== 202) sent.refused += 1;
    else {
      sent.waits.push(wait);
      if (wait > tooLateMs) sent.late += 1;
      else for (const key of keys) sent.acknowledged.add(key);
    }
  }
}

/** Nobody works here: whatever was acknowledged must still stand. */
async function lostOf(store: Store, acknowledged: readonly Set<string>[]): Promise<number> {
  const rows = await store.db.selectFrom('work').select('key').where('kind', '=', 'calendar.event').execute();
  const kept = new Set(rows.map(({ key }) => key));
  return acknowledged.flatMap((each) => [...each]).filter((key) => !kept.has(key)).length;
}

export const figures: readonly Figure[] = [{ id: 'notices', title: 'Notices of changed events: taken, and none lost by a kill', run }];
