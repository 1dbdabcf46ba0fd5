/**
 * `npm test` and `npm run test:real` (`--real`). Names of phases may follow, to run only those: `npm test -- unit contract`.
 * Prints each phase with its budget and ends with one plain line, `N passed, N failed`.
 */
import { endAll } from './run/child.ts';
import { findMissingPrograms, startCluster } from './run/debian.ts';
import { realPhases, usualPhases, type Phase } from './run/phases.ts';
import { runPhase } from './run/run-phase.ts';
import { holdSharedDatabase } from './run/shared-database.ts';
import { failedOnce, sum, type Tally } from './run/tally.ts';

process.chdir(new URL('..', import.meta.url).pathname);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll();
    void cleanUp().finally(() => process.exit(130));
  });
}

let cleanUp = async (): Promise<void> => {};
const names = process.argv.slice(2).filter((word) => word !== '--real');
const isReal = process.argv.includes('--real');
const total = await runAll(choose(isReal ? realPhases : usualPhases, names), isReal);
for (const failure of total.failures) console.log(`\n✖ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || (total.passed === 0 && !onlyCommands(names)) ? 1 : 0;

function choose(phases: readonly Phase[], wanted: readonly string[]): Phase[] {
  const unknown = wanted.find((name) => !phases.some((phase) => phase.name === name));
  if (unknown !== undefined) {
    console.error(`There is no phase "${unknown}". There are: ${phases.map((phase) => phase.name).join(', ')}`);
    process.exit(2);
  }
  return phases.filter((phase) => wanted.length === 0 || wanted.includes(phase.name));
}

/** Asked for by name, phases without tests may pass without any. */
function onlyCommands(wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((name) => name === 'check' || name === 'build');
}

async function runAll(phases: readonly Phase[], real: boolean): Promise<Tally> {
  if (!real) return runUsual(phases);
  const missing = await findMissingPrograms();
  if (missing.length > 0) return sum(missing.map(failedOnce));
  const cluster = await startCluster();
  cleanUp = () => cluster.stop();
  try {
    return await runPhases(phases, { DATABASE_URL: cluster.databaseUrl });
  } finally {
    await cluster.stop();
  }
}

async function runUsual(phases: readonly Phase[]): Promise<Tally> {
  const shared = phases.some((phase) => phase.kind === 'mocha') ? await holdSharedDatabase() : null;
  cleanUp = async () => shared?.leave();
  try {
    return await runPhases(phases, {});
  } finally {
    await shared?.leave();
  }
}

async function runPhases(phases: readonly Phase[], env: NodeJS.ProcessEnv): Promise<Tally> {
  const tallies: Tally[] = [];
  const startedAt = performance.now();
  for (const phase of phases) {
    const phaseStartedAt = performance.now();
    const tally = await runPhase(phase, env).catch((error: unknown) => failedOnce(`${phase.name}: ${String(error)}`));
    if (tally) tallies.push(tally);
    console.log(describe(phase, tally, (performance.now() - phaseStartedAt) / 1000));
  }
  const budget = phases.reduce((seconds, phase) => seconds + phase.budgetSeconds, 0);
  console.log(`${'all'.padEnd(9)} ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s of ${String(budget).padStart(3)} s`);
  return sum(tallies);
}

function describe(phase: Phase, tally: Tally | null, seconds: number): string {
  const time = `${phase.name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s of ${String(phase.budgetSeconds).padStart(3)} s`;
  if (!tally) return `${time}  nothing there yet`;
  const slowest = tally.slowest.map((test) => `\n          ${(test.tookMs / 1000).toFixed(1).padStart(6)} s  ${test.title}`).join('');
  const over = seconds > phase.budgetSeconds ? `  OVER BUDGET${slowest}` : '';
  const result = phase.kind === 'commands' ? (tally.failed === 0 ? 'good' : `${tally.failed} failed`) : `${tally.passed} passed, ${tally.failed} failed`;
  return `${time}  ${result}${over}`;
}
