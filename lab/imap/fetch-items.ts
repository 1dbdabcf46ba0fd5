import { headerBlock } from './headers.ts';
import type { Word } from './tokens.ts';
import { quote, textOf } from './tokens.ts';
import type { Account, Entry } from './types.ts';

export interface FetchWish { items: string[]; isGmail: boolean; account: Account }

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function internalDate(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `"${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`;
}

/** Names of items, a macro spelled out. */
export function wantedItems(words: readonly Word[]): string[] {
  return words.flatMap((word) => (word.kind === 'list' ? wantedItems(word.words) : [textOf(word)])).map((item) => item.replace(/^[a-z0-9.-]+/i, (name) => name.toUpperCase()));
}

function labelsOf({ content }: Entry, account: Account): string[] {
  const labels: string[] = [];
  for (const folder of account.folders.values()) {
    if (folder.use === '\\All' || folder.use === '\\Trash' || folder.use === '\\Junk') continue;
    for (const entry of folder.entries.values()) if (entry.content === content) labels.push(folder.use === '\\Inbox' ? '"\\\\Inbox"' : quote(folder.path));
  }
  return labels;
}

/** Answer to one item: text and perhaps bytes. */
function answer(item: string, entry: Entry, { account }: FetchWish): (string | Buffer)[] {
  const { uid, modseq, content } = entry;
  if (item === 'UID') return [`UID ${uid}`];
  if (item === 'FLAGS') return [`FLAGS (${[...content.flags].join(' ')})`];
  if (item === 'MODSEQ') return [`MODSEQ (${modseq})`];
  if (item === 'INTERNALDATE') return [`INTERNALDATE ${internalDate(content.internalDate)}`];
  if (item === 'RFC822.SIZE') return [`RFC822.SIZE ${content.raw.length}`];
  if (item === 'X-GM-MSGID') return [`X-GM-MSGID ${content.permanentId}`];
  if (item === 'X-GM-LABELS') return [`X-GM-LABELS (${labelsOf(entry, account).join(' ')})`];
  const section = /^BODY(?:\.PEEK)?\[(.*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item);
  if (!section) return [];
  const [, name = ''] = section;
  const fields = /^HEADER\.FIELDS \((.*)\)$/i.exec(name)?.[1];
  const names = fields === undefined ? null : fields.split(/\s+/).map((each) => each.replaceAll('"', '').toLowerCase());
  const bytes = name === '' ? content.raw : headerBlock(content.raw, names);
  return [`BODY[${name}] {${bytes.length}}\r\n`, bytes];
}

/** `* n FETCH (…)`, ready for the wire. */
export function fetchLine(sequence: number, entry: Entry, wish: FetchWish): Buffer {
  const parts: (string | Buffer)[] = [`* ${sequence} FETCH (`];
  for (const item of wish.items) {
    const told = answer(item, entry, wish);
    if (told.length === 0) continue;
    if (parts.length > 1) parts.push(' ');
    parts.push(...told);
  }
  parts.push(')\r\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
}
