import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** What stands in the built pages and in launchevent.js for the server's origin (addin/pages/, addin/launchevent/api.ts). */
const place = '@tieline-api@';

/** What is laid out: `files` are the names that must be there for the add-in to be whole. */
export interface Laying {
  from: string;
  to: string;
  server: string;
  files: readonly string[];
}

/**
 * Lays a copy of the built add-in into a folder, with the server's origin in it: in pages, because another host serves them, and in launchevent.js, which
 * classic Outlook runs without any address. The build stays as it is, so that it can be laid out again. Older files in `to` stay too: a pane that is
 * open may still ask for them. Gives the names of the files with the address. Throws Refusal when `from` holds no whole build.
 */
export async function fillFiles({ from, to, server, files }: Laying): Promise<string[]> {
  const filled = await Promise.all(files.map(async (name) => ({ name, text: await readFile(join(from, name), 'utf8').catch(() => '') })));
  const lacking = filled.find(({ text }) => !text.includes(place));
  if (lacking) throw new Refusal('files', `${join(from, lacking.name)} is not there, or has no place for the server's address`, 'Build first: npm run build');
  await cp(from, to, { recursive: true });
  await Promise.all(filled.map(({ name, text }) => writeFile(join(to, name), text.replaceAll(place, () => server))));
  return [...files];
}
