import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { type Token, tokenize } from './tokens.ts';

/** The only two files that may look at the machine's clock: everybody else is given a Clock, so that tests, the lab and the bench can turn it. */
const clocks = new Set(['server/ports/clock.ts', 'lab/clock.ts']);

/** Read as runs of tokens. A name in capitals stands for nothing but itself. */
const forbiddenRuns: readonly string[][] = [
  ['Date', '.', 'now'],
  ['new', 'Date', '(', ')'],
  ['new', 'Date', ';'],
  ['performance', '.', 'now'],
  ['process', '.', 'hrtime'],
  ['process', '.', 'uptime'],
  ['AbortSignal', '.', 'timeout'],
  ['DateTime', '.', 'now'],
  ['DateTime', '.', 'local', '(', ')'],
  ['DateTime', '.', 'utc', '(', ')'],
];
const forbiddenNames = new Set(['setTimeout', 'setInterval']);
const timerModules = /^(?:node:)?timers(?:\/promises)?$/;

/** SQL's own clock: PostgreSQL's functions that take no instant from us. */
const sqlClock = /\b(?:(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|current_(?:timestamp|date|time)\b|localtime(?:stamp)?\b)/i;

/** Looks at the machine's clock in server/ and lab/. Code that runs in the lab's browser page is exempt: the page's clock is the visitor's. */
export function findClockReaders(files: readonly SourceFile[]): Violation[] {
  return files.filter(obeysTheClock).flatMap((file) => {
    const tokens = tokenize(file.text);
    return tokens.flatMap((token, index) => {
      const what = readsClock(tokens, index);
      return what ? [{ path: file.path, line: token.line, message: `uses ${what}: take a Clock as an argument` }] : [];
    });
  });
}

function obeysTheClock(file: SourceFile): boolean {
  const isOurs = file.path.startsWith('server/') || file.path.startsWith('lab/');
  return isCode(file) && isOurs && !clocks.has(file.path) && !/^lab\/(?:.*\/)?browser\//.test(file.path);
}

function readsClock(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  if (!token) return undefined;
  if (token.kind === 'string' && timerModules.test(token.text)) return token.text;
  if (token.kind === 'string' || token.kind === 'template') return sqlClock.exec(token.text)?.[0];
  if (token.kind !== 'name') return undefined;
  if (forbiddenNames.has(token.text)) return token.text;
  const run = forbiddenRuns.find((wanted) => wanted.every((text, offset) => tokens[index + offset]?.text === text));
  return run?.join('');
}
