import { randomUUID } from 'node:crypto';
import type { CommitResponse, HoldResponse } from '../contract/conference/conference.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { percentile } from './frame/statistics.ts';
import { openWorld, type World } from './frame/tieline.ts';
import { until } from './frame/wait.ts';

const clients = 10;
/** Whose add-ins press and send: four callers, each far below what one may ask in a minute. */
const people = ['anna.berger', 'jonas.weber', 'maria.lindqvist', 'tomasz.kowal'].map((name) => `${name}@example.com`);
const minute = 60_000;

/** Conferences held and committed by ten clients at once, and how long the server then still has to bring them to the bridge. */
async function run(context: BenchContext): Promise<Result[]> {
  const bound = context.isFull ? { count: 2_000, seconds: 20 } : { count: 1_000, seconds: 10 };
  const world = await openWorld();
  try {
    // Everybody once before: sign-in keys, mailboxes and the first looks at the calendars are not what is measured.
    for (const person of people) await book(world, person, -1);
    await agreed(world);
    const before = await world.usage();
    const { ids, waits, seconds } = await bookMany(world, bound);
    const drainFrom = performance.now();
    await agreed(world);
    const drain = (performance.now() - drainFrom) / 1000;
    const cpu = (await world.usage()).cpuSeconds - before.cpuSeconds;
    await mustStand(world, ids);
    context.note(`${ids.length} conferences in ${seconds.toFixed(1)} s (at most ${bound.seconds} s or ${bound.count}): ${clients} clients on loopback, each holds, then commits, then takes the next; the clients, the lab's PBX, PostgreSQL (fsync on) and the server share the processor. No calendar event stands behind them, so from 15 s after a commit on the server asks the calendar for each: that is part of a longer run.`);
    const row = (metric: string, unit: string, ours: number, better: Result['better'], runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better, runs });
    return [
      row('held and committed', '1/s', ids.length / seconds, 'higher'),
      row('hold and commit together, p50', 'ms', percentile(waits, 0.5), 'lower', waits.length),
      row('hold and commit together, p99', 'ms', percentile(waits, 0.99), 'lower', waits.length),
      row('server, until all are agreed', 'CPU ms each', (cpu * 1000) / ids.length, 'lower'),
      row('last commit to all agreed', 's', drain, 'lower'),
    ];
  } finally {
    await world.close();
  }
}

async function bookMany(world: World, bound: { count: number; seconds: number }): Promise<{ ids: string[]; waits: number[]; seconds: number }> {
  const ids: string[] = [];
  const waits: number[] = [];
  const startedAt = performance.now();
  let begun = 0;
  async function client(index: number): Promise<void> {
    const person = people[index % people.length] ?? '';
    while (begun < bound.count && performance.now() - startedAt < bound.seconds * 1000) {
      const from = performance.now();
      ids.push(await book(world, person, begun++));
      waits.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return { ids, waits, seconds: (performance.now() - startedAt) / 1000 };
}

/** The button and Send, as the add-in asks for them. */
async function book(world: World, person: string, index: number): Promise<string> {
  const startsAt = new Date(world.tieline.clock.now() + (60 + index) * minute).toISOString();
  const endsAt = new Date(world.tieline.clock.now() + (90 + index) * minute).toISOString();
  const facts = { subject: `Meeting ${index}`, startsAt, endsAt, timeZone: 'Europe/Berlin' };
  const { conference } = await world.ask<HoldResponse>(person, 'POST', '/api/v1/conferences', { ...facts, idempotencyKey: randomUUID(), language: 'en' });
  const sent = await world.ask<CommitResponse>(person, 'PUT', `/api/v1/conferences/${conference.id}/invite`, facts);
  if (sent.conference.state !== 'scheduled') throw new Error(`${conference.id} is ${sent.conference.state} after its commit`);
  return conference.id;
}

/** Waits until the bridge has agreed to everything that was committed. */
function agreed(world: World): Promise<true> {
  return until('the bridge agrees to all', async () => {
    const { rows } = await world.database.query<{ left: string }>("select count(*) as left from conference where bridge_state <> 'agreed'");
    return rows[0]?.left === '0' ? true : undefined;
  });
}

/** Everything that was acknowledged stands in the database, once, with codes of its own; and the telephone knows the last of them. */
async function mustStand(world: World, ids: readonly string[]): Promise<void> {
  const { rows } = await world.database.query<{ n: string; codes: string }>(
    `select count(distinct conference.id) as n, count(distinct code) as codes from conference join conference_code on conference_id = conference.id
     where conference.id = any($1) and state = 'scheduled' and bridge_state = 'agreed'`, [ids],
  );
  if (Number(rows[0]?.n) !== ids.length || Number(rows[0]?.codes) !== ids.length * 2) throw new Error(`of ${ids.length} conferences ${rows[0]?.n} stand, with ${rows[0]?.codes} codes`);
  const { rows: last } = await world.database.query<{ access_code: string }>('select access_code from conference where id = $1', [ids.at(-1)]);
  await world.dial('202', last[0]?.access_code ?? '', /opens at/);
}

export const figures: readonly Figure[] = [{ id: 'commits', title: 'Conferences held and committed over HTTP, and brought to the bridge', run }];
