import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

const home = fileURLToPath(new URL('..', import.meta.url));

/** A file of figures under its name. */
export interface FigureFile {
  name: string;
  figures: readonly Figure[];
}

/** The names of every `bench/<name>.ts` but the runner, sorted. */
export async function figureNames(): Promise<string[]> {
  const names = (await readdir(home)).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
  return names.map((name) => name.slice(0, -3)).toSorted();
}

/** Loads every file of figures. Throws when one has no figures, or an id stands twice. */
export async function discover(): Promise<FigureFile[]> {
  const files = await Promise.all(
    (await figureNames()).map(async (name) => {
      const module: { figures?: readonly Figure[] } = await import(pathToFileURL(join(home, `${name}.ts`)).href);
      if (!module.figures || module.figures.length === 0) throw new Error(`bench/${name}.ts exports no figures`);
      return { name, figures: module.figures };
    }),
  );
  refuseTwins(files);
  return files;
}

/** Throws when two figures have the same id. */
export function refuseTwins(files: readonly FigureFile[]): void {
  const ids = files.flatMap((file) => file.figures.map((figure) => figure.id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two figures are called ${twice}`);
}

/** The figures that are asked for by file or id, long ones last; all of them for no names. Throws for a name that is not there. */
export function select(files: readonly FigureFile[], names: readonly string[]): Figure[] {
  const known = files.flatMap((file) => file.figures.map((figure) => ({ file: file.name, figure })));
  const unknown = names.find((name) => !known.some(({ file, figure }) => file === name || figure.id === name));
  if (unknown !== undefined) {
    throw new Error(`there is no figure "${unknown}"; there are: ${known.map(({ figure }) => figure.id).join(', ')}`);
  }
  return known.filter(({ file, figure }) => names.length === 0 || names.includes(file) || names.includes(figure.id)).map(({ figure }) => figure).toSorted((a, b) => Number(a.isLong ?? false) - Number(b.isLong ?? false));
}
