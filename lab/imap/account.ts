import type { Account, Content, Entry, Folder, FolderEvent, FolderUse } from './types.ts';

export interface AccountOptions { login: string; isGmail: boolean; now: () => number; nextId: () => bigint }

const plainFolders: [string, FolderUse | null][] = [['INBOX', '\\Inbox'], ['Trash', '\\Trash'], ['Sent', '\\Sent'], ['Drafts', '\\Drafts'], ['Junk', '\\Junk'], ['Archive', '\\Archive']];
const gmailFolders: [string, FolderUse | null][] = [
  ['INBOX', '\\Inbox'], ['[Gmail]/All Mail', '\\All'], ['[Gmail]/Trash', '\\Trash'], ['[Gmail]/Spam', '\\Junk'], ['[Gmail]/Sent Mail', '\\Sent'], ['[Gmail]/Drafts', '\\Drafts'],
];

/** Departures that a folder remembers, as Dovecot's log does for a while. */
const vanishedKept = 50_000;

export function createAccount({ login, isGmail, now, nextId }: AccountOptions): Account {
  const folders = new Map<string, Folder>();
  const watchers = new Set<(event: FolderEvent) => void>();
  let validity = 1_700_000_000;
  let size = 0;

  function tell(folder: Folder, kind: FolderEvent['kind'], uid: number): void {
    for (const watcher of watchers) watcher({ path: folder.path, kind, uid });
  }

  function create(path: string, use: FolderUse | null = null): Folder {
    const folder: Folder = { path, use, uidValidity: ++validity, uidNext: 1, highestModseq: 1, entries: new Map(), vanished: [] };
    folders.set(path, folder);
    return folder;
  }

  function folderOf(path: string): Folder | undefined {
    return folders.get(path.toUpperCase() === 'INBOX' ? 'INBOX' : path);
  }

  function existing(path: string): Folder {
    const found = folderOf(path);
    if (!found) throw new Error('TRYCREATE');
    return found;
  }

  function byUse(use: FolderUse): Folder | undefined {
    return [...folders.values()].find((folder) => folder.use === use);
  }

  function add(folder: Folder, content: Content): Entry {
    // Only at Gmail may the same message show twice, and boxes are small there: nobody else pays for the look.
    const known = isGmail ? [...folder.entries.values()].find((entry) => entry.content === content) : undefined;
    if (known) return known;
    // The first message of a folder may have the very modseq that the empty folder told (Dovecot 2.3).
    if (folder.uidNext > 1) folder.highestModseq += 1;
    const entry = { uid: folder.uidNext++, modseq: folder.highestModseq, content };
    folder.entries.set(entry.uid, entry);
    tell(folder, 'came', entry.uid);
    return entry;
  }

  function take(folder: Folder, uid: number): Content | undefined {
    const entry = folder.entries.get(uid);
    if (!entry) return undefined;
    folder.entries.delete(uid);
    folder.vanished.push({ uid, modseq: ++folder.highestModseq });
    if (folder.vanished.length > vanishedKept) folder.vanished.shift();
    tell(folder, 'left', uid);
    return entry.content;
  }

  /** Where else the content shows: other labels of the same message. */
  function showings(content: Content): [Folder, Entry][] {
    const all: [Folder, Entry][] = [];
    for (const folder of folders.values()) for (const entry of folder.entries.values()) if (entry.content === content) all.push([folder, entry]);
    return all;
  }

  function isBin({ use }: Folder): boolean {
    return use === '\\Trash' || use === '\\Junk';
  }

  /** Gmail: every message that is in no bin is in All Mail; one that comes into a bin loses all its labels. */
  function settle(content: Content, to: Folder): Entry {
    if (!isGmail) return add(to, content);
    for (const [folder, entry] of showings(content)) if (folder !== to && isBin(folder) !== isBin(to)) take(folder, entry.uid);
    const all = byUse('\\All');
    if (!isBin(to) && all) add(all, content);
    return add(to, content);
  }

  /** A label that came or went changes the message in All Mail, too. */
  function touchAll(content: Content): void {
    const all = isGmail ? byUse('\\All') : undefined;
    for (const entry of all?.entries.values() ?? []) {
      if (!all || entry.content !== content) continue;
      entry.modseq = ++all.highestModseq;
      tell(all, 'changed', entry.uid);
    }
  }

  function copyOf({ raw, flags, internalDate }: Content): Content {
    return { raw, flags: new Set(flags), internalDate, permanentId: nextId() };
  }

  const account: Account = {
    login,
    folders,
    quota: null,
    largest: null,
    folder: folderOf,
    create,
    rename(path, to) {
      const folder = existing(path);
      folders.delete(folder.path);
      folder.path = to;
      folders.set(to, folder);
    },
    append(path, raw, { flags = [], internalDate = now() } = {}) {
      const folder = existing(path);
      if (account.largest !== null && raw.length > account.largest) throw new Error('LIMIT');
      if (account.quota !== null && size + raw.length > account.quota) throw new Error('OVERQUOTA');
      size += raw.length;
      return settle({ raw, flags: new Set(flags), internalDate, permanentId: nextId() }, folder);
    },
    flag(path, uid, { add: added = [], remove = [], set }) {
      const content = existing(path).entries.get(uid)?.content;
      if (!content) return;
      if (set) content.flags = new Set(set);
      for (const flag of added) content.flags.add(flag);
      for (const flag of remove) content.flags.delete(flag);
      for (const [folder, entry] of isGmail ? showings(content) : [[existing(path), existing(path).entries.get(uid)] as [Folder, Entry]]) {
        entry.modseq = ++folder.highestModseq;
        tell(folder, 'changed', entry.uid);
      }
    },
    move(path, uids, to) {
      const [from, target] = [existing(path), existing(to)];
      const moved = new Map<number, number>();
      for (const uid of uids) {
        const content = from.entries.get(uid)?.content;
        if (!content || from === target) continue;
        // All Mail is no place that a message leaves, unless for a bin.
        if (!isGmail || from.use !== '\\All') take(from, uid);
        moved.set(uid, settle(content, target).uid);
        touchAll(content);
      }
      return moved;
    },
    copy(path, uids, to) {
      const [from, target] = [existing(path), existing(to)];
      const made = new Map<number, number>();
      for (const uid of uids) {
        const content = from.entries.get(uid)?.content;
        if (content) made.set(uid, settle(isGmail ? content : copyOf(content), target).uid);
      }
      return made;
    },
    expunge(path, uids) {
      const folder = existing(path);
      for (const uid of uids) {
        const content = take(folder, uid);
        if (content) touchAll(content);
        if (content && (!isGmail || showings(content).length === 0)) size -= content.raw.length;
      }
    },
    renumber(path) {
      const folder = existing(path);
      const contents = [...folder.entries.values()].map(({ content }) => content);
      Object.assign(folder, { uidValidity: ++validity, uidNext: 1, vanished: [] });
      folder.entries.clear();
      for (const content of contents) {
        const uid = folder.uidNext++;
        folder.entries.set(uid, { uid, modseq: ++folder.highestModseq, content });
      }
    },
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
  for (const [path, use] of isGmail ? gmailFolders : plainFolders) create(path, use);
  return account;
}
