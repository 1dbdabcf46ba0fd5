import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { type Token, tokenize } from './tokens.ts';

interface Leftover {
  pattern: RegExp;
  message: string;
}

/** Each with a letter in brackets, so that this file may be searched as well. */
const marks: readonly Leftover[] = [
  { pattern: /\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b/, message: 'a note about unfinished work' },
  { pattern: /@ts-(?:[i]gnore|[n]ocheck)/, message: 'silences the type check' },
  { pattern: /(?:ox|es|ts)lint-[d]isable/, message: 'silences the lint' },
  // A row of equals signs alone may underline a heading.
  { pattern: /^(?:<{7}|\|{7}|>{7})(?: |$)/, message: 'a mark of a merge that was not resolved' },
];

const places: readonly Leftover[] = [
  { pattern: /(?:^|[^\w./-])\/(?:(?:work|root)\/[\w.]|home\/[a-z]\w*|tmp\/brief)/, message: 'a path of somebody’s machine' },
  { pattern: /\/Users\/[A-Za-z]\w*|[A-Z]:\\Users\\[A-Za-z]\w*/, message: 'a path of somebody’s machine' },
  { pattern: /https?:\/\/[^\s/'"`)]*(?:registry|artifactory|npm\.pkg|verdaccio|nexus)[^\s/'"`)]*/i, message: 'the address of a package registry' },
  { pattern: /\b_auth(?:Token)?\s*=/, message: 'a credential of a package registry' },
];

/** Unfinished work, silenced checks, paths and hosts of one machine, in every text file. */
export function findMarks(files: readonly SourceFile[], hosts: readonly string[] = []): Violation[] {
  const found: Violation[] = [];
  for (const { path, text } of files) {
    for (const [index, line] of text.split('\n').entries()) {
      const leftover = [...marks, ...places].find(({ pattern }) => pattern.test(line));
      const host = hosts.find((one) => line.includes(one));
      if (leftover) found.push({ path, line: index + 1, message: leftover.message });
      else if (host) found.push({ path, line: index + 1, message: 'the address of a package registry' });
    }
  }
  return found;
}

const suites = new Set(['describe', 'context', 'it', 'specify', 'test', 'suite']);
const crossedOut = new Set(['xit', 'xdescribe', 'xcontext', 'xspecify', 'fit', 'fdescribe']);

/** Tests that do not run, and types that say nothing. */
export function findEvasions(files: readonly SourceFile[]): Violation[] {
  return files.filter((file) => isCode(file)).flatMap((file) => {
    const isTest = file.path.startsWith('test/');
    const tokens = tokenize(file.text);
    return tokens.flatMap((token, index) => {
      const message = evades(tokens, index, isTest);
      return message ? [{ path: file.path, line: token.line, message }] : [];
    });
  });
}

function evades(tokens: readonly Token[], index: number, isTest: boolean): string | undefined {
  const token = tokens[index];
  if (token?.kind !== 'name' || tokens[index - 1]?.text === '.') return undefined;
  const [dot, after, call] = [tokens[index + 1]?.text, tokens[index + 2]?.text, tokens[index + 3]?.text];
  const skips = after === 'skip' || after === 'only';
  if (isTest && suites.has(token.text) && dot === '.' && skips) return `${token.text}.${after}: a test that does not run`;
  if (isTest && token.text === 'this' && dot === '.' && after === 'skip' && call === '(') return 'a test that skips itself';
  if (isTest && crossedOut.has(token.text) && dot === '(') return `${token.text}: a test that does not run`;
  if (token.text === 'as' && tokens[index + 1]?.text === 'any' && tokens[index + 1]?.kind === 'name') return 'a type that says nothing';
  return undefined;
}

/** The lockfile names versions and checksums, never an address: it installs from whatever registry npm is set to. */
export function findResolved(lockfile: string): string[] {
  const { packages = {} }: { packages?: Record<string, { resolved?: string }> } = JSON.parse(lockfile);
  return Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name);
}
