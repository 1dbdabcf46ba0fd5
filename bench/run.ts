/**
 * `npm run bench`: a table of our figures. `-- <name…>` measures only those, `-- --full` measures the published form and puts it into bench/results.md,
 * `npm run -s bench -- --json` prints one JSON object a line and nothing else on standard output.
 */
import { cpus } from 'node:os';
import { discover, select } from './frame/discover.ts';
import { type BenchContext, type Figure, toRow } from './frame/figure.ts';
import { publish, putIn, readPublished } from './frame/published.ts';
import { currentLoad, describeMachine, type Outcome, screenTable } from './frame/report.ts';

const flags = new Set(['--json', '--full']);
const words = process.argv.slice(2);
const isJson = words.includes('--json');
const isFull = words.includes('--full');
const names = words.filter((word) => !flags.has(word));

const outcomes: Outcome[] = [];
try {
  const files = await discover();
  const ids = select(files, []).map(({ id }) => id);
  for (const figure of select(files, names)) {
    const outcome = await take(figure);
    outcomes.push(outcome);
    // Written as it goes: what was measured stays when a long run is broken off.
    if (isFull) await publish(putIn(await readPublished(), { ...outcome, on: new Date().toISOString().slice(0, 10), machine: describeMachine() }, ids));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

if (!isJson) {
  console.log(`${describeMachine()}\n`);
  console.log(screenTable(outcomes.flatMap((outcome) => outcome.rows)));
  for (const { id, notes } of outcomes) for (const note of notes) console.log(`\n${id}: ${note}`);
}
process.exitCode = outcomes.length === 0 || outcomes.some((outcome) => outcome.error !== null) ? 1 : 0;

async function take(figure: Figure): Promise<Outcome> {
  const notes: string[] = [];
  const context: BenchContext = { isFull, note: (text) => void notes.push(text) };
  const before = currentLoad();
  if (before > cpus().length) notes.push(`The machine was busy with other work when this began (load ${before} on ${cpus().length} processors): wall times are upper bounds.`);
  const startedAt = performance.now();
  const outcome: Outcome = { id: figure.id, title: figure.title, rows: [], notes, seconds: 0, load: { before, after: before }, error: null };
  try {
    outcome.rows = (await figure.run(context)).map((result) => toRow(figure.id, result));
  } catch (error) {
    outcome.error = error instanceof Error ? error.message : String(error);
  }
  outcome.seconds = (performance.now() - startedAt) / 1000;
  outcome.load.after = currentLoad();
  if (isJson) for (const row of outcome.rows) console.log(JSON.stringify(row));
  console.error(`${figure.id}: ${outcome.error === null ? 'done' : `failed, ${outcome.error}`} in ${outcome.seconds.toFixed(1)} s, load ${outcome.load.before} → ${outcome.load.after}`);
  return outcome;
}
