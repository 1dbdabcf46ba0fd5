import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openGraphMail, type GraphMailWorld } from './frame/graph-mail-world.ts';
import { hurry } from './frame/hurry.ts';
import { cpuSeconds, percentile } from './frame/statistics.ts';
import { leaveAndRead, type Lags } from './frame/voicemail-changes.ts';
import { startEngine, type Engine } from './frame/voicemail-engine.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A little more than the time after which every mailbox is looked at again, whatever was told. */
const restMs = 6 * hour + 10 * minute;
const restStepMs = 5 * minute;

/** Nothing happens, for hours of the world's clock. Returns how many calls that cost. */
async function rest(engine: Engine, { clock, calls }: GraphMailWorld, ms: number): Promise<number> {
  const before = calls().all;
  for (let left = ms; left > 0; left -= restStepMs) {
    clock.advance(Math.min(left, restStepMs));
    await engine.idle();
  }
  return calls().all - before;
}

/** Everything that was left is one mail, nothing else is, and on the phone it is heard. */
function mustStand({ pbx, boxOf }: Engine, { exchange, logins }: GraphMailWorld, messages: ReadonlyMap<string, number>): void {
  for (const login of logins) {
    const wanted = messages.get(login) ?? 0;
    const mails = exchange.mail.list(login);
    if (mails.length !== wanted || mails.some(({ isRead }) => !isRead)) throw new Error(`${login}: ${mails.length} mails where ${wanted} voicemails were left and read`);
    const folders = pbx.boxes.all.get(boxOf(login))?.folders;
    if (folders?.INBOX.length !== 0 || folders.Old.length !== wanted || folders.Deleted.length !== 0) throw new Error(`${login}: the box and the mailbox do not agree`);
  }
}

/** A company under Graph's own limits: first contact, rest, and two hundred people at once, without and with lost words. */
async function run(context: BenchContext): Promise<Result[]> {
  const people = Number(process.env['TIELINE_BENCH_PEOPLE'] ?? (context.isFull ? 10_000 : 100));
  const crowd = Math.min(Math.floor(people / 2), context.isFull ? 200 : 20);
  const world = await openGraphMail(people);
  const { clock } = world;
  const start = { at: clock.now(), cpu: cpuSeconds() };
  const stopHurry = hurry(clock);
  try {
    const engine = await startEngine(world, () => Object.assign(start, { at: clock.now(), cpu: cpuSeconds() }));
    try {
      stopHurry();
      const first = { seconds: (clock.now() - start.at) / 1_000, cpu: cpuSeconds() - start.cpu, calls: world.calls().all };
      const restCpu = cpuSeconds();
      const atRest = await rest(engine, world, restMs);
      const perHour = atRest / (restMs / hour);
      const cpuPerHour = (cpuSeconds() - restCpu) / (restMs / hour);
      const [told, lossy] = [world.logins.slice(0, crowd), world.logins.slice(-crowd)];
      const before = world.writes();
      const lags = await leaveAndRead(engine, world, told, 'Told');
      engine.loseWords(true);
      const lagsLossy = await leaveAndRead(engine, world, lossy, 'Lossy');
      engine.loseWords(false);
      await rest(engine, world, 30 * minute);
      mustStand(engine, world, new Map([...told, ...lossy].map((login) => [login, 1])));
      const echoes = world.writes() - before - 2 * crowd;
      if (echoes !== 0) throw new Error(`${echoes} writes into mailboxes that nobody asked for`);
      const { refused } = world.calls();
      if (refused > 0) throw new Error(`our own budget was overrun: ${refused} answers of 429`);
      if (engine.failures() > 0) throw new Error(`${engine.failures()} rounds failed`);
      context.note(`${people.toLocaleString('en')} mailboxes in the lab's Graph with its limits (4 calls at a time and 10,000 in 10 minutes for a mailbox, 1,000 writes of subscriptions in 20 s for an app), each with a box of the reference phone system that was never seen; the engine with PostgreSQL (fsync on), all but that in one process. First contact counts until every mailbox has its subscription, of which Graph lets us make 50 a second; the clock runs up to six times as fast as the machine while there is little to do, so that time is an upper bound. Rest: ${restMs / minute} minutes of that clock, in which each mailbox is looked at again once; renewals of subscriptions, one in three days for each, come besides. Then ${crowd} people get a message at once and read it as soon as it is there, on a clock that runs with the machine, and ${crowd} others while every hundredth word of both systems is lost (${engine.lost()} were). After another half hour each message is one mail, nothing else was written, and nothing was left.`);
      const row = (metric: string, unit: string, ours: number, runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
      const shares = (name: string, values: readonly number[]): Result[] => [0.5, 0.99].map((share) => row(`${name}, p${share * 100}`, 's', percentile(values, share) / 1_000, values.length));
      const both = (what: string, { toMail, toPhone }: Lags): Result[] => [...shares(`${what}phone to mailbox`, toMail), ...shares(`${what}mailbox to phone`, toPhone)];
      return [
        row('first contact, until all are watched', 's, virtual', first.seconds),
        row('first contact: CPU, with the stand-in', 's', first.cpu),
        row('first contact: calls for each', '', first.calls / people),
        row('rest: calls for each person and hour', '', perHour / people),
        row('rest: CPU, with the stand-in', 's/h', cpuPerHour),
        ...both(`${crowd} at once: `, lags),
        ...both(`${crowd} at once, 1 % of words lost: `, lagsLossy),
        row('lost', '', 0), row('echoed', '', echoes), row('answers of 429', '', refused),
      ];
    } finally {
      await engine.stop();
    }
  } finally {
    stopHurry();
    await world.close();
  }
}

export const figures: readonly Figure[] = [{ id: 'many-mailboxes', title: 'Voicemail of 10,000 people on Microsoft 365, under Graph\'s limits', isLong: true, run }];
