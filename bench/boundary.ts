import { createLabClock } from '../lab/clock.ts';
import { createDeeds } from '../server/accounts/deeds/deeds.ts';
import { createGroups } from '../server/accounts/groups/groups.ts';
import { createLines } from '../server/accounts/lines/lines.ts';
import { createAccounts } from '../server/accounts/people.ts';
import { createSettings } from '../server/accounts/settings/settings.ts';
import { createCalendars } from '../server/calendars/index.ts';
import { asteriskConfig, createAsterisk } from '../server/connectors/asterisk/index.ts';
import { createMemoryCalendar } from '../server/connectors/memory/index.ts';
import { silent } from '../server/ports/log.ts';
import { createBatchWorker } from '../server/store/batch-worker.ts';
import { createWorker } from '../server/store/worker.ts';
import { availabilityFeature } from '../server/wiring/availability.ts';
import { onlyAdmission } from '../test/support/admission.ts';
import { asteriskApart } from './frame/asterisk-apart.ts';
import { databaseCpuSeconds } from './frame/database-cpu.ts';
import { extensionOf, putDuePeople } from './frame/due-rows.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { cpuSeconds, percentile } from './frame/statistics.ts';
import { openBenchStore } from './frame/store.ts';

const tenant = 'default';
const [instance, pbx, secret] = ['m365', 'pbx', 'bench'];
const nine = Date.parse('2026-11-30T09:00:00+01:00');

/** Meetings of many people begin at one second: how long until each one's phone system has the new state. Feature, workers, connector and PostgreSQL (fsync on) are the real ones. */
async function run(context: BenchContext): Promise<Result[]> {
  const [people, starting] = context.isFull ? [100_000, 20_000] : [10_000, 2_000];
  // The clock stands while the people are written, and runs through the second that counts.
  const clock = createLabClock({ startAt: nine - 3_000, paused: true });
  const { store, close } = await openBenchStore(clock);
  const standIn = await asteriskApart([{ name: 'tieline', secret, read: ['call', 'system'], write: ['call', 'reporting'] }]);
  const connector = createAsterisk({
    config: asteriskConfig.parse({ type: 'asterisk', instance: pbx, ami: { host: '127.0.0.1', port: standIn.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 } }),
    clock, log: silent, admission: onlyAdmission({}), env: { AMI_SECRET: secret },
  });
  const ending: (() => Promise<void>)[] = [() => connector.stop(), () => standIn.close()];
  try {
    await putDuePeople(store, { tenant, instance, pbx, people, starting, at: nine });
    const memory = createMemoryCalendar({ instance, clock, joinBase: 'https://meet.example.com/j', mailboxes: [], wake: { mark: async () => undefined } });
    const parts = { clock, log: silent, store };
    const accounts = createAccounts({ ...parts, calendars: [memory.port] });
    const lines = createLines({ ...parts, pbxs: [pbx], personByAddress: async () => null, templates: { number: null, address: null } });
    const calendars = createCalendars({ ...parts, sources: [memory.port], gatherMs: 1_000, sweepMs: 6 * 60 * 60_000, effect: (_name, work) => work() });
    const feature = availabilityFeature({ ...parts, accounts, lines, calendars, deeds: createDeeds(parts), groups: createGroups(parts), settings: createSettings({ ...parts, live: store.live }), connectors: [connector], tenantId: tenant });
    await connector.start();
    const workers = [
      createBatchWorker({ ...parts, batches: feature.workBatches ?? {}, straight: feature.straightWork ?? {} }),
      createWorker({ ...parts, handlers: feature.workHandlers ?? {} }),
    ];
    ending.unshift(...workers.map((worker) => () => worker.stop()));
    // The last look at each, minutes or hours before: it prepares what comes.
    for (const worker of workers) worker.start();
    for (const worker of workers) await worker.idle();
    clock.resume();
    await clock.sleep(nine - 500 - clock.now());
    globalThis.gc?.();
    const [restMb, restCpu, standInAtRest, databaseAtRest] = [process.memoryUsage.rss() / 1e6, cpuSeconds(), await standIn.usage(), await databaseCpuSeconds(store)];
    let mostMb = restMb;
    let usage = standInAtRest;
    while (usage.changes < standInAtRest.changes + starting && clock.now() < nine + 120_000) {
      await clock.sleep(50);
      mostMb = Math.max(mostMb, process.memoryUsage.rss() / 1e6);
      usage = await standIn.usage();
    }
    const cpu = cpuSeconds() - restCpu;
    const database = await databaseCpuSeconds(store);
    const eachMs = (seconds: number): string => `${(seconds / starting * 1_000).toFixed(2)} ms`;
    for (const worker of workers) await worker.idle();
    const { toldAt, shown } = await standIn.shown();
    const toNine = clock.now() - Date.now() - nine;
    const told = new Map([...toldAt].flatMap(([presentity, at]): [string, number][] => (at + toNine >= 0 ? [[presentity, at + toNine]] : [])));
    checkTold(told, shown, starting);
    const lags = [...told.values()];
    context.note(`${people} people with a calendar, a phone and five meetings each, all with a due row; for ${starting} of them the first one begins at one second. From that second until the manager of a stand-in Asterisk, over a real socket, has taken the state; server, PostgreSQL and the stand-in share the processors. Each change was prepared when its person was looked at last; at the second it is only looked whether anything changed since. Nobody is missed and nobody else is told. Processor time a person until the last is told: ours ${eachMs(cpu)}, the stand-in's ${eachMs(usage.cpuSeconds - standInAtRest.cpuSeconds)}${database === null || databaseAtRest === null ? '' : `, PostgreSQL's ${eachMs(database - databaseAtRest)}`}.`);
    const row = (metric: string, unit: string, ours: number, runs = 1): Result => ({ metric, unit, ours, peer: null, peerName: null, better: 'lower', runs });
    return [
      row('meeting begins to phone told, p50', 's', percentile(lags, 0.5) / 1_000, lags.length), row('meeting begins to phone told, p99', 's', percentile(lags, 0.99) / 1_000, lags.length),
      row('all told', 's', Math.max(...lags) / 1_000), row('memory at rest', 'MB', restMb), row('memory besides, at most', 'MB', mostMb - restMb),
    ];
  } finally {
    clock.resume();
    for (const end of ending) await end();
    clock.stop();
    await close();
  }
}

/** Throws when somebody was missed, told something else, or told without reason. */
function checkTold(told: ReadonlyMap<string, number>, now: readonly { presentity: string; presence: { state: string; subtype: string; message: string } }[], starting: number): void {
  if (told.size !== starting || now.length !== starting) throw new Error(`${told.size} phones were told, and ${now.length} show something, instead of ${starting}`);
  const expected = new Set(Array.from({ length: starting }, (_, person) => `CustomPresence:${extensionOf(person)}`));
  const wrong = now.find(({ presentity, presence }) => !expected.has(presentity) || presence.state !== 'away' || presence.subtype !== 'meeting' || !presence.message.includes('09:30'));
  if (wrong) throw new Error(`${wrong.presentity} shows ${JSON.stringify(wrong.presence)}`);
}

export const figures: readonly Figure[] = [{ id: 'boundary', title: 'Meetings of many people begin at one second', isLong: true, run }];
