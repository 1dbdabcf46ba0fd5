import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openGraphMail, type GraphMailWorld } from './frame/graph-mail-world.ts';
import { cpuSeconds, percentile } from './frame/statistics.ts';
import { leaveAndRead } from './frame/voicemail-changes.ts';
import { startEngine, type Engine } from './frame/voicemail-engine.ts';

/** Old messages in each box that has any, half of them unheard and mailed by the phone system itself. */
const oldMessages = 50;

/** What lies there when we come: messages, and for every second one the phone system's own mail. */
function fillOld({ pbx, boxOf }: Pick<Engine, 'pbx' | 'boxOf'>, { exchange }: GraphMailWorld, logins: readonly string[]): void {
  const lastWeek = Date.now() - 7 * 24 * 60 * 60_000;
  for (const login of logins) {
    const box = boxOf(login);
    for (let n = 0; n < oldMessages; n++) {
      const message = pbx.boxes.leave(box, { callerName: `Caller ${n}`, leftAt: lastWeek + n * 60_000 });
      if (!message) throw new Error(`${box} is full`);
      if (n % 2 === 0) pbx.boxes.move(box, message.copy, 'Old');
      else exchange.mail.arrive(login, { subject: 'New message', internetMessageId: `<asterisk-${message.id}@pbx.test>`, headers: [{ name: 'X-Asterisk-VM-Message-ID', value: message.id }] });
    }
  }
}

/** Go-live of a company, and what follows, under Graph's limits. */
async function run(context: BenchContext): Promise<Result[]> {
  const people = Number(process.env['TIELINE_BENCH_PEOPLE'] ?? (context.isFull ? 1_000 : 60));
  const withOld = Math.min(people, Number(process.env['TIELINE_BENCH_OLD'] ?? (context.isFull ? 1_000 : 20)));
  const world = await openGraphMail(people);
  try {
    let [cpu, wall] = [0, 0];
    const old = world.logins.slice(0, withOld);
    const engine = await startEngine(world, (each) => {
      fillOld(each, world, old);
      [cpu, wall] = [cpuSeconds(), performance.now()];
    });
    const [used, seconds] = [cpuSeconds() - cpu, (performance.now() - wall) / 1_000];
    try {
      const requests = world.calls().all;
      const mails = world.logins.reduce((sum, login) => sum + world.exchange.mail.list(login).length, 0);
      const notices = (withOld * oldMessages) / 2;
      const some = world.logins.slice(-Math.min(people, context.isFull ? 200 : 20));
      const lags = await leaveAndRead(engine, world, some, 'Somebody new');
      const twice = world.logins.reduce((sum, login) => sum + world.exchange.mail.list(login).length, 0) - notices - some.length;
      if (twice !== 0) throw new Error(`${twice} mails too many`);
      const { refused } = world.calls();
      if (refused > 0) throw new Error(`our own budget was overrun: ${refused} answers of 429`);
      context.note(`${people} mailboxes in the lab's Graph with its limits (4 calls at a time and 10,000 in 10 minutes for a mailbox, 1,000 subscriptions in 20 s), the engine with PostgreSQL and the reference phone system, all but PostgreSQL in one process. Our own pace is 100 people a second; above some 2,000 people Graph's limit for subscriptions, 50 a second, decides. ${withOld} boxes hold ${oldMessages} old messages each, and the phone system had mailed every second one. The sound of each is copied. TIELINE_BENCH_PEOPLE=10000 and TIELINE_BENCH_OLD=1000 measure as many, which takes minutes. Then ${some.length} people get a message at once, and each reads it at once.`);
      const alone = { peer: null, peerName: null, better: 'lower' as const };
      return [
        { ...alone, metric: 'first contact with everybody, until all are watched: wall', unit: 's', ours: seconds, runs: 1 },
        { ...alone, metric: 'first contact with everybody: CPU, with the stand-in', unit: 's', ours: used, runs: 1 },
        { ...alone, metric: 'first contact with everybody: requests for each', unit: '', ours: requests / people, runs: 1 },
        { ...alone, metric: 'answers of 429', unit: '', ours: refused, runs: 1 },
        { metric: `go-live, ${withOld * oldMessages} old messages: duplicate mails`, unit: '', ours: mails - notices, peer: notices, peerName: 'mails every unheard message that is new to it (replayed rule)', better: 'lower', runs: 1 },
        { ...alone, metric: `${some.length} at once: phone to mailbox, p50`, unit: 'ms', ours: percentile(lags.toMail, 0.5), runs: some.length },
        { ...alone, metric: `${some.length} at once: phone to mailbox, p99`, unit: 'ms', ours: percentile(lags.toMail, 0.99), runs: some.length },
        { ...alone, metric: `${some.length} at once: mailbox to phone, p50`, unit: 'ms', ours: percentile(lags.toPhone, 0.5), runs: some.length },
        { ...alone, metric: `${some.length} at once: mailbox to phone, p99`, unit: 'ms', ours: percentile(lags.toPhone, 0.99), runs: some.length },
      ];
    } finally {
      await engine.stop();
    }
  } finally {
    await world.close();
  }
}

export const figures: readonly Figure[] = [{ id: 'voicemail-graph', title: 'Go-live of voicemail on Microsoft 365, under Graph\'s limits', isLong: true, run }];
