import { relative } from 'node:path';
import type { TestNews } from './mocha-reporter.ts';

/** What a phase came to. */
export interface Tally {
  passed: number;
  failed: number;
  /** One paragraph per failure, ready to print. */
  failures: string[];
  /** The tests that took longest, longest first; for whoever has to get a phase back into its budget. */
  slowest: { title: string; tookMs: number }[];
}

/** How many of the slowest are kept. */
const mostSlow = 5;

export function failedOnce(failure: string): Tally {
  return { passed: 0, failed: 1, failures: [failure], slowest: [] };
}

export function sum(tallies: readonly Tally[]): Tally {
  const total: Tally = { passed: 0, failed: 0, failures: [], slowest: [] };
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.failures.push(...tally.failures);
    total.slowest = slowestOf([...total.slowest, ...tally.slowest]);
  }
  return total;
}

/** How a mocha process went, besides its tests. */
export interface MochaEnd {
  code: number | null;
  /** Ended by us, after that many seconds. */
  endedAfterSeconds: number | null;
  files: readonly string[];
}

/**
 * Counts a mocha run. A test that was not run counts as failed, and so do a run without tests, one that had to be ended,
 * and one that ended badly although all its tests passed.
 */
export function count(news: readonly TestNews[], end: MochaEnd): Tally {
  const tally: Tally = { passed: 0, failed: 0, failures: [], slowest: slowestOf(news.filter((one) => one.type === 'passed')) };
  for (const one of news) {
    if (one.type === 'passed') tally.passed += 1;
    if (one.type === 'failed') tally.failures.push(`${one.title}\n${indent(one.error)}`);
    if (one.type === 'idle') tally.failures.push(`${one.title}\n${indent('was not run')}`);
  }
  tally.failed = tally.failures.length;
  const trouble = findTrouble(news, end, tally);
  return trouble ? sum([tally, failedOnce(trouble)]) : tally;
}

function slowestOf(tests: readonly { title: string; tookMs: number }[]): { title: string; tookMs: number }[] {
  return tests.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, mostSlow).map(({ title, tookMs }) => ({ title, tookMs }));
}

function findTrouble(news: readonly TestNews[], { code, endedAfterSeconds, files }: MochaEnd, tally: Tally): string | undefined {
  const isDone = news.some((one) => one.type === 'end');
  if (endedAfterSeconds !== null) {
    return isDone
      ? 'all tests ran, but the process did not end by itself: something was left open (a server, a timer, a child)'
      : `ended after ${endedAfterSeconds} s while these had not finished:\n${indent(unfinished(news, files).join('\n'))}`;
  }
  if (!isDone) return `mocha ended with ${code ?? 'a signal'} before all tests had run`;
  if (tally.passed + tally.failed === 0) return 'no test ran';
  return tally.failed === 0 && code !== 0 ? `mocha ended with ${code ?? 'a signal'} although no test failed` : undefined;
}

/** The test that hangs, where we heard it start; else the files nothing was heard of (workers report a file when it is done). */
function unfinished(news: readonly TestNews[], files: readonly string[]): string[] {
  const last = news.at(-1);
  if (last?.type === 'started') return [last.title];
  const heard = new Set(news.flatMap((one) => (one.type === 'end' ? [] : [relative(process.cwd(), one.file)])));
  return files.filter((file) => !heard.has(file));
}

function indent(text: string): string {
  return text.trim().replaceAll(/^/gm, '    ');
}
