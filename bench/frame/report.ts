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

/** bench/results.md: the last full run. `date` is an ISO day. */
export function resultsPage(outcomes: readonly Outcome[], date: string): string {
  const lines = [
    '# Results of the last full run',
    '',
    `${date}, on ${describeMachine()}. Made by \`npm run bench -- --full\`; how to read it is in [README.md](README.md).`,
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...outcomes.flatMap(({ rows }) => rows.map((row) => `| ${cells(row).map(escapeCell).join(' | ')} |`)),
    '',
    '| figure | what it is | took | load before | load after |',
    '|---|---|---|---|---|',
    ...outcomes.map(({ id, title, seconds, load, error }) => `| ${id} | ${escapeCell(error === null ? title : `${title}: failed, ${error}`)} | ${seconds.toFixed(1)} s | ${load.before} | ${load.after} |`),
    '',
    ...outcomes.flatMap(({ id, notes }) => notes.map((note) => `- ${id}: ${note}`)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
