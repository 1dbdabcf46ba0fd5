import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files of code below `folder`, sorted; none when the folder is not there. */
export function codeFiles(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .toSorted();
}

/** Those that mocha shall load. */
export function testFiles(folder: string): string[] {
  return codeFiles(folder).filter((name) => /\.test\.tsx?$/.test(name));
}

/** Largest first, as a guess at what takes longest: two workers that begin with it end at about the same time. */
export function largestFirst(files: readonly string[]): string[] {
  const sizes = new Map(files.map((file) => [file, statSync(file).size]));
  return files.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
}
