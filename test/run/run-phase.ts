import { stat } from 'node:fs/promises';
import { runNode } from './child.ts';
import { codeFiles, largestFirst, testFiles } from './find-files.ts';
import { isTestNews, type TestNews } from './mocha-reporter.ts';
import { patience, type CommandPhase, type MochaPhase, type Phase } from './phases.ts';
import { count, failedOnce, sum, type Tally } from './tally.ts';

/** How long mocha may take to end by itself when its tests are done. */
const farewellSeconds = 10;

/** Runs one phase. Null when nothing of it is there yet. */
export async function runPhase(phase: Phase, env: NodeJS.ProcessEnv): Promise<Tally | null> {
  return phase.kind === 'commands' ? runCommands(phase, env) : runMocha(phase, env);
}

async function runCommands(phase: CommandPhase, env: NodeJS.ProcessEnv): Promise<Tally | null> {
  const there = await Promise.all(phase.commands.map(async ({ needs }) => (await stat(needs).catch(() => null)) !== null));
  const commands = phase.commands.filter((_, index) => there[index]);
  if (commands.length === 0) return null;
  const limitSeconds = phase.budgetSeconds * patience;
  const tallies = await Promise.all(
    commands.map(async ({ title, argv }) => {
      // Tools colour what they say where CI is set; it is shown as text.
      const result = await runNode(argv, { env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0' }, limitSeconds });
      if (result.isEndedByUs) return failedOnce(`${title} was ended after ${limitSeconds} s\n${lastLines(result.output)}`);
      return result.code === 0 ? sum([]) : failedOnce(`${title}\n${lastLines(result.output)}`);
    }),
  );
  return sum(tallies);
}

/** As much as a person reads: who needs all of it runs the command by itself. */
function lastLines(text: string): string {
  const lines = text.trim().split('\n');
  const most = 150;
  return lines.length <= most ? lines.join('\n') : `… ${lines.length - most} lines before\n${lines.slice(-most).join('\n')}`;
}

async function runMocha(phase: MochaPhase, env: NodeJS.ProcessEnv): Promise<Tally | null> {
  if (phase.folders.every((folder) => codeFiles(folder).length === 0)) return null;
  const files = phase.folders.flatMap(testFiles);
  if (files.length === 0) return failedOnce(`no test ran: ${phase.folders.join(' and ')} hold no *.test.ts`);
  const limitSeconds = phase.budgetSeconds * patience;
  const news: TestNews[] = [];
  const { code, isEndedByUs } = await runNode(mochaArguments(phase, files), {
    env,
    limitSeconds,
    onMessage(message) {
      if (!isTestNews(message)) return undefined;
      news.push(message);
      return message.type === 'end' ? farewellSeconds : undefined;
    },
  });
  return count(news, { code, endedAfterSeconds: isEndedByUs ? limitSeconds : null, files });
}

function mochaArguments(phase: MochaPhase, files: readonly string[]): string[] {
  return [
    '--import=tsx', 'node_modules/mocha/bin/mocha.js', '--no-config', '--no-package', '--extension', 'ts', '--extension', 'tsx',
    '--forbid-only', '--forbid-pending', '--timeout', String(phase.timeoutMs), '--reporter', './test/run/mocha-reporter.ts',
    ...(phase.jobs > 1 ? ['--parallel', '--jobs', String(phase.jobs), ...largestFirst(files)] : files),
  ];
}
