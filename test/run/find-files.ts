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
