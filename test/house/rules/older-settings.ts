/** Rows of features.md (A…) that the table of older settings must answer, each once. */
const ranges = [[28, 46], [95, 106], [115, 126], [132, 146]] as const;
export const wantedRows: readonly string[] = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => `A${String(from + index).padStart(3, '0')}`));

/** What is missing, stands twice, says nothing, or names a setting that is not there. `known`: keys of settings ("availability.mapping") and of the configuration ("log.level"). */
export function findForgotten(text: string, known: ReadonlySet<string>): string[] {
  const rows = [...text.matchAll(/^\| (A\d{3}) \|([^|\n]*)\|([^|\n]*)\|$/gm)].map(([, id = '', what = '', here = '']) => ({ id, what: what.trim(), here: here.trim() }));
  return [
    ...wantedRows.flatMap((id) => {
      const found = rows.filter((row) => row.id === id);
      return found.length === 1 ? [] : [`${id}: ${found.length === 0 ? 'no row' : `${found.length} rows`}`];
    }),
    ...rows.filter(({ id }) => !wantedRows.includes(id)).map(({ id }) => `${id}: asked for by nobody`),
    ...rows.flatMap(({ id, what, here }) => (what === '' || here === '' ? [`${id}: says nothing`] : [])),
    ...rows.flatMap(({ id, here }) => [...here.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.split(':')[0] ?? '').filter((name) => !name.includes('/') && !known.has(name)).map((name) => `${id}: no setting ${name}`)),
  ];
}
