import { readFile, writeFile } from 'node:fs/promises';
import { resultsPage, type Taken } from './report.ts';

const kept = new URL('../results.json', import.meta.url);
const page = new URL('../results.md', import.meta.url);

/** The figures as they were published last. */
export async function readPublished(): Promise<Taken[]> {
  return JSON.parse(await readFile(kept, 'utf8')) as Taken[];
}

/** The published figures with `taken` in the place of its former self, in the order of `ids`, which are all that there are: of a figure that is no more nothing stays. */
export function putIn(published: readonly Taken[], taken: Taken, ids: readonly string[]): Taken[] {
  return [...published.filter(({ id }) => id !== taken.id && ids.includes(id)), taken].toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Writes bench/results.json, and bench/results.md made from it. */
export async function publish(published: readonly Taken[]): Promise<void> {
  await writeFile(kept, `${JSON.stringify(published, null, 1)}\n`);
  await writeFile(page, resultsPage(published));
}
