import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the project as a rule sees it: the path below the root with forward slashes, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** One breach of a rule. `line` counts from 1; 0 where the whole file is meant. */
export interface Violation {
  path: string;
  line: number;
  message: string;
}

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Made by machines or by npm, never committed: the same folders as in .gitignore. */
const ignoredFolders = new Set(['node_modules', 'dist', '.git', '.tieline', 'coverage']);
const ignoredFiles = /\.(?:tsbuildinfo|log)$|^\.DS_Store$/;
const textFiles = /\.(?:ts|tsx|js|mjs|cjs|json|md|yaml|yml|html|css|xml|conf|sh|svg|txt|sql|ps1)$|(?:^|\/)(?:run|LICENSE|\.npmrc|\.gitignore)$/;

/** Every text file of the project, below `from` when given. Folders that are not there yet give nothing. */
export function readTree(from = ''): SourceFile[] {
  const files: SourceFile[] = [];
  walk(join(root, from), files);
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function walk(folder: string, files: SourceFile[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!ignoredFolders.has(entry.name)) walk(full, files);
      continue;
    }
    const path = relative(root, full).split(sep).join('/');
    if (!entry.isFile() || ignoredFiles.test(entry.name) || !textFiles.test(path)) continue;
    files.push({ path, text: readFileSync(full, 'utf8') });
  }
}

/** True when `path` (below the root) is there. */
export function exists(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** TypeScript and JavaScript only. */
export function isCode(file: SourceFile): boolean {
  return /\.(?:ts|tsx|js|mjs|cjs)$/.test(file.path);
}

/** What a failing rule prints: one breach a line, as an editor can jump to it. */
export function describeViolations(violations: readonly Violation[]): string {
  return violations.map((found) => `${found.path}${found.line > 0 ? `:${found.line}` : ''} ${found.message}`).join('\n');
}

/** Throws with every breach listed; silent when there is none. */
export function assertNone(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  throw new Error(`${violations.length} against the rule:\n${describeViolations(violations)}`);
}
