import type { Edge } from './import-rules.ts';
import { type Room } from './import-table.ts';
import type { Violation } from './source-tree.ts';

/** Rings of files that import one another, type imports included: each ring once, named at its first file. */
export function findCycles(edges: readonly Edge[]): Violation[] {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.file === undefined) continue;
    next.set(edge.from, [...(next.get(edge.from) ?? []), edge.file]);
  }
  const found: Violation[] = [];
  const done = new Set<string>();
  for (const file of [...next.keys()].toSorted()) visit(file, [], next, done, found);
  return found;
}

function visit(file: string, path: string[], next: Map<string, string[]>, done: Set<string>, found: Violation[]): void {
  const seenAt = path.indexOf(file);
  if (seenAt >= 0) {
    const ring = [...path.slice(seenAt), file];
    found.push({ path: file, line: 0, message: `imports itself in a ring: ${ring.join(' → ')}` });
    return;
  }
  if (done.has(file)) return;
  for (const to of next.get(file) ?? []) visit(to, [...path, file], next, done, found);
  done.add(file);
}

/** What a file pulls in at run time, through files of ours: every package, with the way to it. */
export function packagesBehind(entry: string, edges: readonly Edge[]): Map<string, string[]> {
  const packages = new Map<string, string[]>();
  const seen = new Set<string>();
  const queue: string[][] = [[entry]];
  for (let way = queue.shift(); way; way = queue.shift()) {
    const file = way.at(-1) ?? '';
    if (seen.has(file)) continue;
    seen.add(file);
    for (const edge of edges) {
      if (edge.from !== file || edge.isType) continue;
      if (edge.file) queue.push([...way, edge.file]);
      else if (edge.package && !packages.has(edge.package)) packages.set(edge.package, way);
    }
  }
  return packages;
}

/** A file that Outlook starts by itself reaches no package at all: no React, no schemas, no sign-in library (design: ≤ 10 KB compressed). */
export function findHeavyLaunchers(entries: readonly string[], edges: readonly Edge[]): Violation[] {
  return entries.flatMap((entry) =>
    [...packagesBehind(entry, edges)].map(([wanted, way]) => ({
      path: entry,
      line: 0,
      message: `reaches ${wanted} at run time, by ${way.join(' → ')}`,
    })),
  );
}

/** The table itself has no ring: a room never may import a room that may, in the end, import it. */
export function findTableCycles(table: readonly Room[]): Violation[] {
  const edges = table.flatMap((room) =>
    room.mayImport === 'what it needs' ? [] : room.mayImport.map((to) => ({ from: room.name, file: to, line: 0, isType: false, specifier: to })),
  );
  return findCycles(edges);
}
