import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommitResponse, HoldResponse } from '../contract/conference/conference.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { copyConference } from './frame/scheduled-rows.ts';
import { median } from './frame/statistics.ts';
import { anna, openWorld, type World } from './frame/tieline.ts';
import { until } from './frame/wait.ts';

const conferences = 10_000;
/** Calendars they stand in. */
const mailboxes = 200;
const day = 24 * 60 * 60_000;

interface Standing { startMs: number; restMb: number }

/** A server with ten thousand scheduled conferences: what it weighs at rest, and how soon it answers after a kill; beside it the same server with one. */
async function run(context: BenchContext): Promise<Result[]> {
  const runs = context.isFull ? 5 : 3;
  const world = await openWorld();
  try {
    const original = await book(world);
    const alone = await restart(world, runs);
    const people = Array.from({ length: mailboxes }, (_, index) => world.tieline.lab.exchange.addPerson({ name: `Person ${index}`, address: `person${index}@example.com`, timeZone: 'Europe/Berlin' }));
    await copyConference(world.database, original, conferences - 1, people.map(({ id }) => id));
    const full = await restart(world, runs);
    await mustStand(world);
    context.note(`One conference was made through the API; the other ${conferences - 1} are copies of its rows in every table of the feature (conference, codes, windows, history, timers; SQL, with ids, codes and rooms of their own), 20 to 60 days ahead, in ${mailboxes} watched calendars of the lab. Their events lie beyond the 14 days that a sweep looks at, so a start sweeps all ${mailboxes} calendars and rereads no event.`);
    context.note(`Start: from kill -9 of the server process until it answers again, with the half second that start.ts waits before it starts a new one; PostgreSQL and the lab go on. Memory: the server process alone (resident, MB of 2^20 bytes; PostgreSQL is not in it), after its sweeps, median of 3 s. The server runs bundled, as in an installation. Medians of ${runs} restarts; those with one conference came first.`);
    const row = (metric: string, unit: string, values: number[]): Result => ({ metric, unit, ours: median(values), peer: null, peerName: null, better: 'lower', runs });
    return [
      row('memory at rest, 10,000 scheduled', 'MB', full.map(({ restMb }) => restMb)),
      row('memory at rest, 1 scheduled', 'MB', alone.map(({ restMb }) => restMb)),
      row('killed to answering, 10,000 scheduled', 's', full.map(({ startMs }) => startMs / 1000)),
      row('killed to answering, 1 scheduled', 's', alone.map(({ startMs }) => startMs / 1000)),
    ];
  } finally {
    await world.close();
  }
}

/** A conference in 20 days, committed and agreed. */
async function book(world: World): Promise<string> {
  const startsAt = world.tieline.clock.now() + 20 * day;
  const facts = { subject: 'Weekly logistics', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 3_600_000).toISOString(), timeZone: 'Europe/Berlin' };
  const { conference } = await world.ask<HoldResponse>(anna, 'POST', '/api/v1/conferences', { ...facts, idempotencyKey: randomUUID(), language: 'en' });
  await world.ask<CommitResponse>(anna, 'PUT', `/api/v1/conferences/${conference.id}/invite`, facts);
  await until('the bridge agrees', async () => ((await world.conference(anna, conference.id)).bridge.state === 'agreed' ? true : undefined));
  return conference.id;
}

async function restart(world: World, runs: number): Promise<Standing[]> {
  const found: Standing[] = [];
  for (let index = 0; index < runs; index++) {
    const { clock } = world.tieline;
    const from = performance.now();
    const killedAt = clock.now();
    world.tieline.killServer();
    await world.tieline.ready();
    const startMs = performance.now() - from;
    if ((await fetch(`${world.tieline.serverAddress()}/healthz`)).status !== 200) throw new Error('the server says that it is ready, and does not answer');
    await swept(world, killedAt);
    const samples: number[] = [];
    for (let second = 0; second < 3; second++) {
      await pause(1_000);
      samples.push((await world.usage()).residentMb);
    }
    found.push({ startMs, restMb: median(samples) });
  }
  return found;
}

/** Waits until every calendar was swept after `since` (epoch ms of the lab's clock). */
function swept(world: World, since: number): Promise<true> {
  return until('all calendars are swept', async () => {
    const { rows } = await world.database.query<{ left: string; parked: string }>(
      'select count(*) filter (where swept_at is null or swept_at < $1) as left, count(parked) as parked from calendar_watch', [new Date(since)],
    );
    if (rows[0]?.parked !== '0') throw new Error(`${rows[0]?.parked} calendars cannot be read`);
    return rows[0]?.left === '0' ? true : undefined;
  }, { everyMs: 250, patienceMs: 180_000 });
}

/** After all restarts each of them is still scheduled, and a telephone finds one of the copies by its code. */
async function mustStand(world: World): Promise<void> {
  const { rows } = await world.database.query<{ n: string; code: string }>("select count(*) as n, min(access_code) as code from conference where state = 'scheduled' and bridge_state = 'agreed'");
  if (Number(rows[0]?.n) !== conferences) throw new Error(`${rows[0]?.n} of ${conferences} are scheduled and agreed`);
  await world.dial('202', rows[0]?.code ?? '', /opens at/);
}

export const figures: readonly Figure[] = [{ id: 'scheduled', title: '10,000 scheduled conferences: memory and start', run }];
