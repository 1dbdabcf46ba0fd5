import { nextDue } from '../server/store/work.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openManyWorld, type ManyWorld, type Meeting } from './frame/many-world.ts';
import { randomNumbers } from './frame/random.ts';
import { cpuSeconds, percentile } from './frame/statistics.ts';

const minute = 60_000;
const changesAnHour = 10_000;
/** Of the changes, these are cancellations; the others move a meeting. */
const cancelledShare = 0.1;
const mb = 2 ** 20;

/** A change that is not in its conference yet; `startsAt` is null for a cancellation. Epoch ms of the virtual clock. */
interface Open { from: number; startsAt: number | null }
interface Stretch { lags: number[]; busyMs: number; cpuSeconds: number; virtualMs: number; wanted: Map<string, number | null> }

/** Many scheduled conferences while their meetings are moved and cancelled: what the server weighs, what it costs, and how far it falls behind. */
async function run(context: BenchContext): Promise<Result[]> {
  const [count, calendars, minutes] = context.isFull ? [100_000, 1_000, 6] : [2_000, 20, 1];
  const world = await openManyWorld(count, calendars);
  try {
    const before = process.memoryUsage().rss / mb;
    world.worker.start();
    // The calendars are looked at once after a start, 50 ms apart.
    await idleUntil(world, world.clock.now() + minute + calendars * 50);
    const stretch = await change(world, minutes * minute);
    await world.worker.stop();
    await mustBeRight(world, stretch.wanted);
    const after = process.memoryUsage().rss / mb;
    const hours = stretch.virtualMs / (60 * minute);
    context.note(`${count.toLocaleString('en')} conferences, 20 to 60 days ahead, in ${calendars} watched calendars (copies of the rows of one that the feature made, with events of their own in the reference calendar); ${changesAnHour} changes an hour at random times for ${minutes} virtual minutes (the processor time is scaled to an hour), one in ten a cancellation; daily rereads, rounds and renewals go on beside them. The clock skips only the time in which there is nothing to do: while the server works it moves with the machine, so the lag is from the change (its notice comes at once) to the conference, with all waiting. After it every conference was compared with its event.`);
    context.note('Processor and memory are those of the process in which the server and the reference calendar with all its events run together; PostgreSQL (fsync on) is a process of its own on the same machine and not in them. Memory before: the calendar, and all that the filling left behind.');
    const row = (metric: string, unit: string, ours: number, runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
    const { lags } = stretch;
    return [
      row('change to conference, p50', 's', percentile(lags, 0.5) / 1_000, lags.length),
      row('change to conference, p99', 's', percentile(lags, 0.99) / 1_000, lags.length),
      row('change to conference, longest', 's', percentile(lags, 1) / 1_000, lags.length),
      row('processor, per hour of changes', 'CPU s', stretch.cpuSeconds / hours),
      row('time in which it works', '%', (100 * stretch.busyMs) / stretch.virtualMs),
      row('memory, before', 'MB', before),
      row('memory, after', 'MB', after),
    ];
  } finally {
    await world.worker.stop();
    await world.close();
  }
}

/** Does what is due up to this instant, with no changes. */
async function idleUntil(world: ManyWorld, until: number): Promise<void> {
  for (;;) {
    await work(world);
    const due = await nextDue(world.store.db, { kinds: world.kinds, owner: 'bench' });
    if (due === null || due > until) break;
    world.clock.set(Math.max(due, world.clock.now()));
  }
  world.clock.set(Math.max(until, world.clock.now()));
}

/** Works until nothing is due; the clock moves on by what that took. Returns that, ms. */
async function work({ clock, worker, failures, noticed }: ManyWorld): Promise<number> {
  const began = performance.now();
  await noticed();
  await worker.idle();
  const took = Math.ceil(performance.now() - began);
  clock.advance(took);
  if (failures() > 0) throw new Error(`${failures()} pieces of work failed`);
  return took;
}

async function change(world: ManyWorld, lengthMs: number): Promise<Stretch> {
  const { clock, store, kinds } = world;
  const random = randomNumbers(17);
  const from = clock.now();
  const cpu = cpuSeconds();
  const left = [...world.meetings];
  const open = new Map<string, Open>();
  const stretch: Stretch = { lags: [], busyMs: 0, cpuSeconds: 0, virtualMs: 0, wanted: new Map() };
  const pause = (): number => -Math.log(1 - random()) * (60 * minute / changesAnHour);
  let next = from + pause();
  for (;;) {
    for (; next <= clock.now() && next < from + lengthMs; next += pause()) {
      const [meeting] = left.splice(Math.floor(random() * left.length), 1);
      if (!meeting) throw new Error('no meeting is left to be changed');
      const startsAt = random() < cancelledShare ? null : perturb(world, meeting, random());
      if (startsAt === null) world.calendar.events.remove(meeting.mailbox, meeting.eventId);
      open.set(meeting.id, { from: next, startsAt });
      stretch.wanted.set(meeting.id, startsAt);
    }
    stretch.busyMs += await work(world);
    await close(world, open, stretch.lags);
    const isOver = next >= from + lengthMs;
    if (isOver && open.size === 0) break;
    const due = await nextDue(store.db, { kinds, owner: 'bench' });
    clock.set(Math.max(clock.now(), Math.min(isOver ? Infinity : next, due ?? Infinity)));
  }
  return Object.assign(stretch, { cpuSeconds: cpuSeconds() - cpu, virtualMs: Math.max(lengthMs, clock.now() - from) });
}

/** Moves a meeting by 1 to 60 minutes; returns its new start. */
function perturb({ calendar }: ManyWorld, { mailbox, eventId }: Meeting, share: number): number {
  const event = calendar.events.find(mailbox, eventId);
  if (!event) throw new Error('a meeting is gone');
  const byMs = (1 + Math.floor(share * 60)) * minute;
  calendar.events.change(mailbox, eventId, { startsAt: event.startsAt + byMs, endsAt: event.endsAt + byMs });
  return event.startsAt + byMs;
}

/** Which changes have arrived. */
async function close({ clock, store }: ManyWorld, open: Map<string, Open>, lags: number[]): Promise<void> {
  if (open.size === 0) return;
  const rows = await store.db.selectFrom('conference').select(['id', 'state', 'starts_at']).where('id', 'in', [...open.keys()]).execute();
  for (const { id, state, starts_at } of rows) {
    const wanted = open.get(id);
    const isThere = wanted?.startsAt === null ? state === 'cancelled' : starts_at?.getTime() === wanted?.startsAt;
    if (!wanted || !isThere) continue;
    lags.push(clock.now() - wanted.from);
    open.delete(id);
  }
}

/** Every conference is where its event is, and those that were not touched are as they were. */
async function mustBeRight({ store, calendar, meetings }: ManyWorld, wanted: ReadonlyMap<string, number | null>): Promise<void> {
  const rows = await store.db.selectFrom('conference').select(['id', 'state', 'starts_at']).execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const { id, mailbox, eventId } of meetings) {
    const event = calendar.events.find(mailbox, eventId);
    const row = found.get(id);
    const isRight = event ? row?.state === 'scheduled' && row.starts_at?.getTime() === event.startsAt : row?.state === 'cancelled' && wanted.get(id) === null;
    if (!isRight) throw new Error(`conference ${id} is ${row?.state} at ${row?.starts_at?.toISOString()}, its event is ${event ? new Date(event.startsAt).toISOString() : 'gone'}`);
  }
}

export const figures: readonly Figure[] = [{ id: 'many-conferences', title: 'Many scheduled conferences, 10,000 changes an hour', run }];
