import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import type { GraphCall } from './call.ts';
import type { GraphClient } from './client.ts';

/** One page of a collection; rows are read later, one by one, so that a broken one does not hide the others. */
export const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

export type Page = z.output<typeof page>;

/** Pages that are followed in one walk: 1,000 of 50 rows. More is a circle, or nothing that we should read. Ours. */
const mostPages = 1_000;

/**
 * Follows next links to the end and gives each page on. Empty pages with a next link are legal. Returns the last page.
 * Throws TheirError 'unreadable' when the links go in circles or never end.
 */
export async function walkPages(client: GraphClient, connector: string, first: GraphCall, onPage: (rows: unknown[]) => void): Promise<Page> {
  const visited = new Set<string>();
  let call = first;
  for (;;) {
    const read = await client.call(call, page);
    onPage(read.value);
    const link = read['@odata.nextLink'];
    if (link === undefined) return read;
    if (visited.has(link) || visited.size >= mostPages) throw new TheirError(connector, 'unreadable', `${first.what}: Graph's pages go in circles`);
    visited.add(link);
    call = { ...first, target: { link } };
  }
}

/** All rows of a collection. */
export async function readAllPages(client: GraphClient, connector: string, first: GraphCall): Promise<unknown[]> {
  const rows: unknown[] = [];
  await walkPages(client, connector, first, (more) => rows.push(...more));
  return rows;
}
