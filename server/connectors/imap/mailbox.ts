import { TheirError } from '../../domain/errors.ts';
import type { MailChanges, MailItem } from '../../ports/mail-store.ts';
import { isUnchanged, refresh } from './book.ts';
import type { FolderBook, Refreshed } from './book.ts';
import type { ImapConnection } from './client/connection.ts';
import type { ImapConfig } from './config.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Position } from './cursor.ts';
import { readFolders } from './folders.ts';
import type { Folders } from './folders.ts';
import { idOf, toItem } from './mail.ts';
import type { FolderName, KnownMail } from './mail.ts';

/** A mail and where it lies. */
export interface Located { book: FolderBook; mail: KnownMail }

/** What this process knows of one mailbox, and the log of what it saw change. Every method works over a connection that the caller has the turn of. */
export interface Mailbox {
  /** Where mails are put from now on (`MailHome.folder`). */
  setHome(folder: string): void;
  folders(connection: ImapConnection): Promise<Folders>;
  /** Brings inbox and trash up to date. `isThorough`: the trash is opened even when its state shows nothing new. */
  look(connection: ImapConnection): Promise<void>;
  /** Mails with these Message-IDs; folders beyond inbox and trash are looked through only for what is not there. */
  find(connection: ImapConnection, messageIds: readonly string[]): Promise<Located[]>;
  /** All voicemails' mails, in every folder. */
  all(connection: ImapConnection): Promise<Located[]>;
  /** By Gmail's number, in what is known. */
  byPermanentId(permanentId: string): Located | null;
  bookOf(path: string): FolderBook | undefined;
  /** Reads one folder up to date. */
  reread(connection: ImapConnection, path: string): Promise<FolderBook>;
  changes(connection: ImapConnection, cursor: string | null): Promise<MailChanges>;
  /** Where the log of changes is. */
  position(): number;
  /** True when something was seen after that place which is not as expected: what we did ourselves ends as we wished, unless somebody else was faster. Null: gone. */
  hasNews(from: number, expected: ReadonlyMap<string, Pick<MailItem, 'isRead' | 'place'> | null>): boolean;
}

/** That something happened to this mail; how it stands is looked up when it is told. */
interface LogEntry { seq: number; id: string }

/** Changes that are remembered for whoever comes with a cursor; further back, all is told again. Ours. */
const logKept = 5_000;

/** `epoch` names this process's memory: cursors of another one say where to begin in the folders, and nothing about our log. */
export function createMailbox(config: ImapConfig, epoch: string, onRefusedFolder: (error: TheirError) => void): Mailbox {
  const books = new Map<string, FolderBook>();
  let homeFolder = '';
  let known: Folders | null = null;
  let log: LogEntry[] = [];
  let seq = 0;
  /** Cursors before this one are refused. */
  let oldestSeq = 0;

  function note(id: string): void {
    log.push({ seq: ++seq, id });
    if (log.length <= logKept) return;
    log = log.slice(-logKept / 2);
    oldestSeq = (log[0]?.seq ?? seq) - 1;
  }

  async function folders(connection: ImapConnection): Promise<Folders> {
    known ??= await readFolders(connection, config, homeFolder, onRefusedFolder);
    return known;
  }

  async function read(connection: ImapConnection, place: FolderName): Promise<Refreshed> {
    const before = books.get(place.path);
    const seen = await refresh(connection, place, before);
    books.set(place.path, seen.book);
    if (seen.isNew && before) {
      // The folder's numbers mean nothing any more: whoever comes with a cursor of before has to read all.
      oldestSeq = ++seq;
      return seen;
    }
    if (seen.isNew) return seen;
    for (const mail of seen.gone) note(idOf(seen.book, mail));
    for (const mail of seen.changed) note(idOf(seen.book, mail));
    return seen;
  }

  /** The inbox is opened each time, as it will be listened to; another folder only when its state shows something new. */
  async function readIfChanged(connection: ImapConnection, place: FolderName): Promise<void> {
    const book = books.get(place.path);
    if (book && (await isUnchanged(connection, book))) return;
    await read(connection, place);
  }

  async function look(connection: ImapConnection): Promise<void> {
    const { main, trash, inbox } = await folders(connection);
    await readIfChanged(connection, trash);
    if (inbox) await readIfChanged(connection, inbox);
    try {
      await read(connection, main);
    } catch (error) {
      if (main.path === 'INBOX' || !(error instanceof TheirError) || error.passing) throw error;
      // Its owner has renamed or removed the folder: what was in it has gone from there, and the next mail gets one of this name again.
      forget(main.path);
      await read(connection, (await folders(connection)).main);
    }
  }

  function forget(path: string): void {
    const book = books.get(path);
    if (book) for (const mail of book.mails.values()) note(idOf(book, mail));
    books.delete(path);
    known = null;
  }

  function located(wanted: (mail: KnownMail) => boolean): Located[] {
    return [...books.values()].flatMap((book) => [...book.mails.values()].filter(wanted).map((mail) => ({ book, mail })));
  }

  /** Marked to be deleted, and its twin lies elsewhere: what a move leaves behind on a server that can neither move nor remove one message alone. */
  function isShadow({ isMarkedDeleted, messageId }: KnownMail): boolean {
    return isMarkedDeleted && located((other) => other.messageId === messageId && !other.isMarkedDeleted).length > 0;
  }

  function standing(wanted: (mail: KnownMail) => boolean): Located[] {
    return located((mail) => wanted(mail) && !isShadow(mail));
  }

  async function lookEverywhere(connection: ImapConnection): Promise<void> {
    // Folders come, go and are renamed while we look elsewhere.
    known = null;
    const { main, trash, inbox, others } = await folders(connection);
    const paths = new Set([main, trash, ...(inbox ? [inbox] : []), ...others].map(({ path }) => path));
    for (const path of books.keys()) if (!paths.has(path)) books.delete(path);
    for (const place of others) await readIfChanged(connection, place);
  }

  function position(path: string): Position | null {
    const book = books.get(path);
    return book ? { path, uidValidity: String(book.uidValidity), modseq: String(book.modseq) } : null;
  }

  /** What a cursor of another process can still be told: changes by modseq, departures where the server keeps them; null when it cannot. */
  async function sinceElsewhere(connection: ImapConnection, positions: readonly Position[]): Promise<Pick<MailChanges, 'items' | 'gone'> | null> {
    const items: MailItem[] = [];
    const gone: string[] = [];
    for (const { path, uidValidity, modseq } of positions) {
      const book = books.get(path);
      if (!book || String(book.uidValidity) !== uidValidity || modseq === '0' || !connection.can.qresync) return null;
      for (const mail of book.mails.values()) if (mail.modseq > BigInt(modseq)) items.push(toItem(book, mail));
      if (book.modseq === BigInt(modseq)) continue;
      await connection.open(path);
      const { gone: left } = await connection.fetch('1:*', {}, BigInt(modseq));
      for (const uid of left) gone.push(idOf(book, { uid, permanentId: null }));
    }
    return { items, gone };
  }

  function logged(from: number): Pick<MailChanges, 'items' | 'gone'> {
    const ids = new Set(log.filter((entry) => entry.seq > from).map(({ id }) => id));
    const here = new Map(standing(() => true).map(({ book, mail }) => [idOf(book, mail), toItem(book, mail)]));
    return { items: [...ids].flatMap((id) => here.get(id) ?? []), gone: [...ids].filter((id) => !here.has(id)) };
  }

  return {
    position: () => seq,
    hasNews(from, expected) {
      const { items, gone } = logged(from);
      const isAsExpected = ({ id, isRead, place }: MailItem): boolean => expected.get(id)?.isRead === isRead && expected.get(id)?.place === place;
      return items.some((item) => !isAsExpected(item)) || gone.some((id) => expected.get(id) !== null);
    },
    setHome(folder) {
      if (folder === homeFolder) return;
      homeFolder = folder;
      known = null;
      // What counts as lying in its place is another now: whoever comes with a cursor reads all anew.
      books.clear();
      oldestSeq = ++seq;
    },
    folders,
    look,
    bookOf: (path) => books.get(path),
    async reread(connection, path) {
      const { main, trash, inbox, others } = await folders(connection);
      const place = [main, trash, ...(inbox ? [inbox] : []), ...others].find((each) => each.path === path) ?? { path, place: 'elsewhere' as const };
      return (await read(connection, place)).book;
    },
    byPermanentId: (permanentId) => standing((mail) => mail.permanentId === permanentId)[0] ?? null,
    async find(connection, messageIds) {
      const wanted = new Set(messageIds);
      await look(connection);
      const { main, trash, inbox } = await folders(connection);
      // Inbox and trash were just looked at. What is remembered of another folder may have been read since.
      const near = standing(({ messageId }) => wanted.has(messageId)).filter(({ book }) => book.path === main.path || book.path === trash.path || book.path === inbox?.path);
      if (new Set(near.map(({ mail }) => mail.messageId)).size === wanted.size) return near;
      await lookEverywhere(connection);
      return standing(({ messageId }) => wanted.has(messageId));
    },
    async all(connection) {
      await look(connection);
      await lookEverywhere(connection);
      return standing(() => true);
    },
    async changes(connection, cursor) {
      await look(connection);
      const { main, trash, inbox } = await folders(connection);
      const positions = [position(main.path), position(trash.path), inbox && position(inbox.path)].filter((each) => each !== null);
      const from = cursor === null ? null : readCursor(cursor);
      const next = writeCursor({ epoch, seq, positions });
      if (cursor === null) return { items: [], gone: [], cursor: next, wasReset: false };
      if (from && from.epoch === epoch && from.seq >= oldestSeq) return { ...logged(from.seq), cursor: next, wasReset: false };
      const elsewhere = from && from.epoch !== epoch ? await sinceElsewhere(connection, from.positions) : null;
      if (elsewhere) return { ...elsewhere, cursor: next, wasReset: false };
      const items = standing(() => true).filter(({ book }) => book.path === main.path || book.path === trash.path).map(({ book, mail }) => toItem(book, mail));
      return { items, gone: [], cursor: next, wasReset: true };
    },
  };
}
