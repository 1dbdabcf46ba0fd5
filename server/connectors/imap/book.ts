import type { SearchObject } from 'imapflow';
import type { ImapConnection, MessageRow, OpenFolder } from './client/connection.ts';
import { keyHeader, marksOf, noticeHeader, readHeaders, readMail } from './mail.ts';
import type { FolderName, FolderPlace, KnownMail } from './mail.ts';

/** What we know of one folder: which of its messages are voicemails' mails, and how far we have read. */
export interface FolderBook extends FolderPlace {
  uidNext: number;
  /** 0 where the server has none. */
  modseq: bigint;
  mails: Map<number, KnownMail>;
}

export interface Refreshed { book: FolderBook; changed: KnownMail[]; gone: KnownMail[]; /** It was read anew: nothing of an older book holds. */ isNew: boolean }

/** UIDs in one command: some servers cut longer lines. Ours. */
const uidsAtOnce = 500;

const ours: SearchObject = { or: [{ header: { [keyHeader]: true } }, { header: { [noticeHeader]: true } }] };

function rangesOf(uids: readonly number[]): string[] {
  const parts: string[] = [];
  for (let at = 0; at < uids.length; at += uidsAtOnce) parts.push(uids.slice(at, at + uidsAtOnce).join(','));
  return parts;
}

/** Voicemails' mails among these messages, by the few headers that we read. */
async function readWhole(connection: ImapConnection, ranges: readonly string[], label: string | undefined): Promise<KnownMail[]> {
  const mails: KnownMail[] = [];
  for (const range of ranges) {
    const { rows } = await connection.fetch(range, { headers: readHeaders, labels: connection.can.gmail });
    for (const row of rows) {
      const mail = await readMail(row, label);
      if (mail) mails.push(mail);
    }
  }
  return mails;
}

async function readAnew(connection: ImapConnection, place: FolderName, opened: OpenFolder): Promise<Refreshed> {
  const mails = opened.count === 0 ? [] : await readWhole(connection, rangesOf(await connection.search(ours)), place.label);
  const book: FolderBook = { ...place, uidValidity: opened.uidValidity, uidNext: opened.uidNext, modseq: opened.modseq ?? 0n, mails: new Map(mails.map((mail) => [mail.uid, mail])) };
  return { book, changed: mails, gone: [], isNew: true };
}

/** Rows that changed since we looked, and UIDs of ours that left. */
async function differences(connection: ImapConnection, before: FolderBook, { modseq, uidNext }: OpenFolder): Promise<{ rows: MessageRow[]; gone: number[] }> {
  const known = [...before.mails.keys()];
  if (modseq !== null && modseq === before.modseq && uidNext === before.uidNext) return { rows: [], gone: [] };
  if (modseq !== null && before.modseq > 0n) {
    const { rows, gone } = await connection.fetch('1:*', { labels: connection.can.gmail }, before.modseq);
    if (connection.can.qresync) return { rows, gone: gone.filter((uid) => before.mails.has(uid)) };
    const here = new Set<number>();
    for (const range of rangesOf(known)) for (const uid of await connection.search({ uid: range })) here.add(uid);
    return { rows, gone: known.filter((uid) => !here.has(uid)) };
  }
  // Without CONDSTORE only ours are asked about, however large the folder is.
  const rows: MessageRow[] = [];
  for (const range of rangesOf(known)) rows.push(...(await connection.fetch(range, { labels: connection.can.gmail })).rows);
  const here = new Set(rows.map(({ uid }) => uid));
  return { rows, gone: known.filter((uid) => !here.has(uid)) };
}

function isSame(mail: KnownMail, marks: ReturnType<typeof marksOf>): boolean {
  return mail.isRead === marks.isRead && mail.isMarkedDeleted === marks.isMarkedDeleted && mail.isInInbox === marks.isInInbox;
}

/** Opens the folder and brings the book up to date: what changed is read, headers only of what is new. */
export async function refresh(connection: ImapConnection, place: FolderName, before: FolderBook | undefined): Promise<Refreshed> {
  const opened = await connection.open(place.path);
  if (!before || before.uidValidity !== opened.uidValidity) return readAnew(connection, place, opened);
  const { rows, gone } = await differences(connection, before, opened);
  const changed: KnownMail[] = [];
  for (const row of rows) {
    const known = before.mails.get(row.uid);
    if (!known) continue;
    const marks = marksOf(row, place.label);
    if (!isSame(known, marks)) changed.push(known);
    Object.assign(known, marks);
  }
  // By their numbers, not by what changed: the first message of a folder may have the very modseq that the empty folder told (seen with Dovecot 2.3).
  const news = opened.uidNext > before.uidNext ? await readWhole(connection, [`${before.uidNext}:*`], place.label) : [];
  const fresh = news.filter(({ uid }) => uid >= before.uidNext);
  for (const mail of fresh) before.mails.set(mail.uid, mail);
  const left = gone.flatMap((uid) => before.mails.get(uid) ?? []);
  for (const { uid } of left) before.mails.delete(uid);
  const highest = rows.reduce((most, { modseq }) => (modseq > most ? modseq : most), opened.modseq ?? 0n);
  Object.assign(before, { uidNext: Math.max(opened.uidNext, before.uidNext, ...fresh.map(({ uid }) => uid + 1)), modseq: highest });
  return { book: before, changed: [...changed, ...fresh], gone: left, isNew: false };
}

/** True when the folder's state shows that nothing happened since we looked. Without CONDSTORE a mark may change and the counts stay. */
export async function isUnchanged(connection: ImapConnection, { path, uidValidity, uidNext, modseq, mails }: FolderBook): Promise<boolean> {
  const status = await connection.status(path);
  if (!status || status.uidValidity !== uidValidity || status.uidNext !== uidNext) return false;
  if (status.highestModseq !== undefined && modseq > 0n) return status.highestModseq === modseq;
  return mails.size === 0;
}
