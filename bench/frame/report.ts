import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Row } from './figure.ts';
import { round } from './statistics.ts';

/** What a figure came to. */
export interface Outcome {
  id: string;
  title: string;
  rows: Row[];
  notes: string[];
  seconds: number;
  /** The machine's load over the last minute, before and after. */
  load: { before: number; after: number };
  /** Why there are no rows. */
  error: string | null;
}

/** What a figure came to, with when and where: figures that take minutes are not all taken on one day. */
export interface Taken extends Outcome {
  /** ISO day, UTC. */
  on: string;
  /** See `describeMachine`. */
  machine: string;
}

export function currentLoad(): number {
  return round(loadavg()[0] ?? NaN);
}

/** Processor, memory and versions; nothing that names the machine. */
export function describeMachine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${arch()}, Node.js ${process.version}`;
}

const heads = ['figure', 'metric', 'ours', 'peer', 'unit', 'better by', 'runs', 'peer is'];

function cells(row: Row): string[] {
  return [
    row.id, row.metric, String(round(row.ours)), row.peer === null ? '–' : String(round(row.peer)), row.unit,
    row.ratio === null ? '–' : `${round(row.ratio)}×`, String(row.runs), row.peerName ?? '–',
  ];
}

/** The table for the screen, columns aligned. */
export function screenTable(rows: readonly Row[]): string {
  const lines = [heads, ...rows.map(cells)];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** bench/results.md: each figure as it was taken last in its full form, with the day, the machine and its load. */
export function resultsPage(outcomes: readonly Taken[]): string {
  const machines = [...new Set(outcomes.map(({ machine }) => machine))];
  const lines = [
    '# Results',
    '',
    `Each figure as it came out of the last full run of it, \`npm run bench -- --full [name…]\`; how to read it is in [README.md](README.md).`,
    '',
    ...machines.map((machine, index) => `${machines.length === 1 ? 'Machine' : `Machine ${index + 1}`}: ${machine}.`),
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...outcomes.flatMap(({ rows }) => rows.map((row) => `| ${cells(row).map(escapeCell).join(' | ')} |`)),
    '',
    '| figure | what it is | day | machine | took | load before | load after |',
    '|---|---|---|---|---|---|---|',
    ...outcomes.map(({ id, title, on, machine, seconds, load, error }) => `| ${id} | ${escapeCell(error === null ? title : `${title}: failed, ${error}`)} | ${on} | ${machines.indexOf(machine) + 1} | ${seconds.toFixed(1)} s | ${load.before} | ${load.after} |`),
    '',
    ...outcomes.flatMap(({ id, notes }) => notes.map((note) => `- ${id}: ${note}`)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
