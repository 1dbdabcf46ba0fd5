import { isCode, type SourceFile, type Violation } from './source-tree.ts';

/** Longest file that may land: one idea each (anchors: their medians are 52 to 122 lines). */
export const longestFile = 400;

/** What the house aims at, over all files of code. Printed with every run; the hard stop alone fails. */
export const aims = { median: 80, p90: 250 };

/** Written by people and grown by hand: code, styles, pages, dialplans. Documents and data may be as long as they need. */
function countsLines(file: SourceFile): boolean {
  return isCode(file) || /\.(?:css|html|conf|sh|sql)$/.test(file.path) || file.path === '.ci/run';
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

export function findLongFiles(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(countsLines)
    .map((file) => ({ path: file.path, lines: lineCount(file.text) }))
    .filter(({ lines }) => lines > longestFile)
    .map(({ path, lines }) => ({ path, line: 0, message: `has ${lines} lines; the longest may have ${longestFile}` }));
}

/** Median and 90th percentile of the lengths, in lines. Zeros for no files. */
export function measureLengths(files: readonly SourceFile[]): { files: number; median: number; p90: number; longest: number } {
  const lengths = files.filter(countsLines).map((file) => lineCount(file.text)).toSorted((a, b) => a - b);
  const at = (share: number): number => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0;
  return { files: lengths.length, median: at(0.5), p90: at(0.9), longest: lengths.at(-1) ?? 0 };
}

/** Names that somebody else chose: what the field, npm, git, FreePBX or a browser looks for. */
const givenNames = /^(?:README|CONTRIBUTING|CHANGELOG)\.md$|^LICENSE$|^\.[a-z][a-z.-]*$|^tsconfig\.[a-z.]+$/;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

/** Files and folders are named in kebab-case. In pbx/ Asterisk's own habit (extensions_custom.conf) is allowed too. */
export function findBadNames(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const parts = file.path.split('/');
    const bad = parts.find((part) => !isGoodName(part, parts[0] === 'pbx'));
    return bad ? [{ path: file.path, line: 0, message: `"${bad}" is not kebab-case` }] : [];
  });
}

function isGoodName(part: string, mayUnderscore: boolean): boolean {
  return givenNames.test(part) || kebab.test(mayUnderscore ? part.replaceAll('_', '-') : part);
}
