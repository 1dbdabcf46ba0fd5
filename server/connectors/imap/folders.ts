import { folderNames } from '../../domain/mail-folder.ts';
import { TheirError } from '../../domain/errors.ts';
import type { ImapConnection } from './client/connection.ts';
import type { ImapConfig } from './config.ts';
import type { FolderName } from './mail.ts';

/** The folders of one mailbox, by what they mean to us. */
export interface Folders {
  /** Where mails are put and brought back to. */
  home: string;
  /** Where changes are looked for and listened to: the home; at Gmail, All Mail. */
  main: FolderName;
  trash: FolderName;
  /** The inbox, where it is not `main`: mails that were put there before, or that a rule brought there, are followed as well. */
  inbox: FolderName | null;
  /** Where a mail may have been filed. */
  others: FolderName[];
}

/** Folders that are looked through for a mail that was filed; more would keep the server busy for one mail. Ours. */
const mostOthers = 300;

/** The folder of this name, made where there is none; the inbox where the server refuses it. */
async function homeOf(connection: ImapConnection, folder: string, listed: readonly { path: string }[], onRefused: (error: TheirError) => void): Promise<string> {
  const names = folderNames(folder);
  if (names.length === 0) return 'INBOX';
  const wanted = connection.pathOf(names);
  // Some servers take no account of case; then making it anew would fail, and it would be listed twice.
  const known = listed.find(({ path }) => path === wanted) ?? listed.find(({ path }) => path.toLowerCase() === wanted.toLowerCase());
  if (known) return known.path;
  try {
    await connection.create(wanted);
    return wanted;
  } catch (error) {
    if (!(error instanceof TheirError) || error.passing) throw error;
    onRefused(error);
    return 'INBOX';
  }
}

/** Reads the folders, by special use where the server has it (RFC 6154), and makes a trash where there is none: else nothing could be thrown away. */
export async function readFolders(connection: ImapConnection, { flavour, trashFolder }: ImapConfig, folder: string, onRefused: (error: TheirError) => void): Promise<Folders> {
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
  const home = await homeOf(connection, folder, listed, onRefused);
  const main = all ?? home;
  // At Gmail every other label but the bins shows what All Mail has.
  const rest = all === undefined ? listed.map(({ path }) => path) : [byUse('\\Junk')].filter((path) => path !== undefined);
  return {
    home,
    main: all === undefined ? { path: main, place: 'inbox' } : { path: main, place: 'labels', label: home },
    inbox: main === home && home !== 'INBOX' ? { path: 'INBOX', place: 'inbox' } : null,
    trash: { path: trash, place: 'trash' },
    others: rest.filter((path) => path !== main && path !== trash && path.toUpperCase() !== 'INBOX').slice(0, mostOthers).map((path) => ({ path, place: 'elsewhere' })),
  };
}
