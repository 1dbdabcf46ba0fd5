import type { ImapConnection } from './client/connection.ts';
import type { ImapConfig } from './config.ts';
import type { FolderPlace } from './mail.ts';

/** The folders of one mailbox, by what they mean to us. */
export interface Folders {
  /** Where changes are looked for: the inbox; at Gmail, All Mail. */
  main: Pick<FolderPlace, 'path' | 'place'>;
  trash: Pick<FolderPlace, 'path' | 'place'>;
  /** Where a mail may have been filed. */
  others: Pick<FolderPlace, 'path' | 'place'>[];
}

/** Folders that are looked through for a mail that was filed; more would keep the server busy for one mail. Ours. */
const mostOthers = 300;

/** Reads the folders, by special use where the server has it (RFC 6154), and makes a trash where there is none: else nothing could be thrown away. */
export async function readFolders(connection: ImapConnection, { flavour, trashFolder }: ImapConfig): Promise<Folders> {
  const listed = (await connection.list(false)).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
  const byUse = (use: string): string | undefined => listed.find(({ flags }) => flags.has(use))?.path;
  const all = flavour === 'gmail' ? byUse('\\All') : undefined;
  const isThere = trashFolder !== undefined && listed.some(({ path }) => path === trashFolder);
  const guessed = async (): Promise<string | undefined> => (trashFolder === undefined ? (await connection.list(true)).find(({ specialUse }) => specialUse === '\\Trash')?.path : undefined);
  let trash = isThere ? trashFolder : (byUse('\\Trash') ?? (await guessed()));
  if (trash === undefined) {
    trash = trashFolder ?? 'Trash';
    await connection.create(trash);
  }
  const main = all ?? 'INBOX';
  // At Gmail every other label but the bins shows what All Mail has.
  const rest = all === undefined ? listed.map(({ path }) => path) : [byUse('\\Junk')].filter((path) => path !== undefined);
  return {
    main: { path: main, place: all === undefined ? 'inbox' : 'labels' },
    trash: { path: trash, place: 'trash' },
    others: rest.filter((path) => path !== main && path !== trash && path.toUpperCase() !== 'INBOX').slice(0, mostOthers).map((path) => ({ path, place: 'elsewhere' })),
  };
}
