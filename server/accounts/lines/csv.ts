import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';

/** One line of an administrator's list of phone lines. What the list has no column for is undefined: it stays as it is. */
export interface LineEntry {
  /** Line of the file, the first is 1. */
  row: number;
  pbx: string;
  context: string;
  extension: string;
  name: string | undefined;
  devices: string[] | undefined;
  voicemailBox: string | null | undefined;
  /** Address of the owner, lower case; null for a line that nobody owns. */
  owner: string | null | undefined;
  /** Addresses of those who share it, lower case. */
  members: string[] | undefined;
}

/** What is wrong with one line of the file, and what to do. */
export interface LineMistake {
  row: number;
  field: string;
  message: string;
  remedy: string;
}

const name = (what: string, pattern: RegExp) => z.string().trim().regex(pattern, `is no ${what}`);
const list = z.string().transform((text) => text.split(/[|\s]+/).filter((each) => each !== ''));
const address = z.email('is no mail address').max(320);

const columns = z.object({
  pbx: name('name of a connector', /^[a-z][a-z0-9-]{0,30}$/),
  context: z.string().trim().default('').transform((text) => (text === '' ? 'default' : text)).pipe(name('dialplan context', /^[\w.-]{1,79}$/)),
  extension: name('extension', /^[0-9*#+A-Za-z._-]{1,40}$/),
  name: z.string().trim().max(80, 'is longer than 80 characters').optional(),
  devices: list.pipe(z.array(name('device, such as PJSIP/201', /^[A-Za-z0-9]{1,20}\/[\w.@-]{1,79}$/)).max(20)).optional(),
  voicemail: z.string().trim().pipe(z.union([z.literal(''), name('voicemail box, such as 201@default', /^[\w.-]{1,79}@[\w.-]{1,79}$/)])).optional(),
  owner: z.string().trim().toLowerCase().pipe(z.union([z.literal(''), address])).optional(),
  members: list.pipe(z.array(address.toLowerCase()).max(200)).optional(),
});

const remedies: Readonly<Record<string, string>> = {
  pbx: 'Write the `instance` of a connector of your configuration.',
  extension: 'Write what is dialled inside, such as 201.',
  devices: 'Write TECHNOLOGY/name, several with a bar between them: PJSIP/201|PJSIP/201-home.',
  voicemail: 'Write BOX@CONTEXT, such as 201@default, or leave it empty.',
  owner: 'Write one mail address, or leave it empty.',
  members: 'Write mail addresses with a bar between them.',
};

/** What the parser gives for a line that it can read. */
const parsedRow = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) });

/** Rows between two turns of others: some ten milliseconds. */
const rowsAtOnce = 200;
/** Characters that the parser is given at once. */
const pieceLength = 16_384;

function* pieces(text: string): Generator<Buffer> {
  // As bytes, so that a letter of two halves is not cut between two pieces.
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += pieceLength) yield bytes.subarray(from, from + pieceLength);
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** What a table program would take for a formula (OWASP, "CSV Injection"): a cell that begins so. */
const formula = /^[=+\-@\t\r]/;

/** A cell that no table program runs: an apostrophe before it says "text". */
export function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** Such a cell as it was. */
function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

const heading = ['pbx', 'context', 'extension', 'name', 'devices', 'voicemail', 'owner', 'members'] as const;

/** A list that `readLineCsv` reads back, and that a table program shows without running anything. */
export function writeLineCsv(lines: readonly Readonly<Record<(typeof heading)[number], string>>[]): string {
  const cell = (text: string): string => `"${guarded(text).replaceAll('"', '""')}"`;
  return [heading.join(','), ...lines.map((line) => heading.map((column) => cell(line[column])).join(','))].join('\r\n') + '\r\n';
}

/**
 * Reads a list: a heading with pbx, context, extension, name, devices, voicemail, owner, members in any order (pbx and extension must be there), commas,
 * semicolons or tabs. What has no column stays as it is, so that a list of owners takes nobody's box away. Broken lines are named, the rest is taken. Hostile text: nothing of it is run, quoted cells may hold anything.
 * A list of 50,000 is seconds of work: others get their turn in between, because calls and panes do not wait for a list.
 */
export async function readLineCsv(text: string): Promise<{ entries: LineEntry[]; mistakes: LineMistake[] }> {
  const first = text.slice(0, 2_000).split(/[\r\n]/)[0] ?? '';
  const delimiter = first.includes(';') ? ';' : first.includes('\t') ? '\t' : ',';
  const mistakes: LineMistake[] = [];
  const rows = parse({
    delimiter, bom: true, trim: true, columns: (names: string[]) => names.map((each) => each.trim().toLowerCase()), skip_empty_lines: true, info: true, relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      mistakes.push({ row: Number(error?.['lines'] ?? 0), field: 'line', message: `cannot be read: ${error?.code ?? 'unknown'}`, remedy: 'Close its quotation marks and write as many cells as the heading has.' });
      return undefined;
    },
  });
  const entries: LineEntry[] = [];
  const seen = new Map<string, number>();
  let done = 0;
  for await (const each of Readable.from(pieces(text)).pipe(rows)) {
    if (++done % rowsAtOnce === 0) await othersTurn();
    const { record, info } = parsedRow.parse(each);
    const row = info.lines;
    const read = columns.safeParse(Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, unguarded(cell)])));
    if (!read.success) {
      const issue = read.error.issues[0];
      const field = String(issue?.path[0] ?? 'line');
      mistakes.push({ row, field, message: `${field} ${record[field] === undefined ? 'is missing' : (issue?.message ?? 'is wrong')}`, remedy: remedies[field] ?? 'Correct the cell.' });
      continue;
    }
    const { pbx, context, extension, name: label, devices, voicemail, owner, members } = read.data;
    const key = `${pbx}/${context}/${extension}`;
    const before = seen.get(key);
    if (before !== undefined) {
      mistakes.push({ row, field: 'extension', message: `the line ${key} stands in line ${before} already`, remedy: 'Leave one of the two.' });
      continue;
    }
    seen.set(key, row);
    entries.push({ row, pbx, context, extension, name: label, devices, voicemailBox: voicemail === '' ? null : voicemail, owner: owner === '' ? null : owner, members });
  }
  return { entries, mistakes: mistakes.toSorted((a, b) => a.row - b.row) };
}
