import { headerValue } from './headers.ts';
import type { Word } from './tokens.ts';
import { textOf } from './tokens.ts';
import type { Entry } from './types.ts';
import { membersOf } from './uid-set.ts';

type Test = (entry: Entry, sequence: number) => boolean;

/** What the whole folder is, for sets. */
export interface Searched { uids: readonly number[] }

const flags: Record<string, [flag: string, isSet: boolean]> = {
  SEEN: ['\\Seen', true], UNSEEN: ['\\Seen', false], DELETED: ['\\Deleted', true], UNDELETED: ['\\Deleted', false], FLAGGED: ['\\Flagged', true], UNFLAGGED: ['\\Flagged', false],
  ANSWERED: ['\\Answered', true], UNANSWERED: ['\\Answered', false], DRAFT: ['\\Draft', true], UNDRAFT: ['\\Draft', false],
};

/** One criterion from the front of `words`, which it takes. Throws for one that is not known. */
function criterion(words: Word[], searched: Searched): Test {
  const word = words.shift();
  if (!word) throw new Error('a search ends in the middle');
  if (word.kind === 'list') return all([...word.words], searched);
  const name = textOf(word).toUpperCase();
  const flag = flags[name];
  if (flag) return ({ content }) => content.flags.has(flag[0]) === flag[1];
  if (name === 'ALL') return () => true;
  if (name === 'NOT') {
    const inner = criterion(words, searched);
    return (entry, sequence) => !inner(entry, sequence);
  }
  if (name === 'OR') {
    const [one, other] = [criterion(words, searched), criterion(words, searched)];
    return (entry, sequence) => one(entry, sequence) || other(entry, sequence);
  }
  if (name === 'HEADER') {
    const [header, wanted] = [textOf(words.shift()), textOf(words.shift()).toLowerCase()];
    return ({ content }) => headerValue(content.raw, header)?.toLowerCase().includes(wanted) ?? false;
  }
  if (name === 'SUBJECT' || name === 'FROM' || name === 'TO') {
    const wanted = textOf(words.shift()).toLowerCase();
    return ({ content }) => headerValue(content.raw, name)?.toLowerCase().includes(wanted) ?? false;
  }
  if (name === 'UID') {
    const members = new Set(membersOf(textOf(words.shift()), searched.uids));
    return ({ uid }) => members.has(uid);
  }
  if (name === 'MODSEQ') {
    const least = Number(textOf(words.shift()));
    return ({ modseq }) => modseq >= least;
  }
  if (name === 'X-GM-MSGID') {
    const wanted = BigInt(textOf(words.shift()));
    return ({ content }) => content.permanentId === wanted;
  }
  if (name === 'X-GM-RAW') {
    const wanted = /^rfc822msgid:(.+)$/i.exec(textOf(words.shift()))?.[1]?.replaceAll(/[<>]/g, '');
    return ({ content }) => wanted !== undefined && headerValue(content.raw, 'message-id') === `<${wanted}>`;
  }
  if (/^[\d:*,]+$/.test(name)) {
    const members = new Set(membersOf(name, searched.uids.map((_, index) => index + 1)));
    return (_, sequence) => members.has(sequence);
  }
  throw new Error(`the search key ${name} is not known`);
}

function all(words: Word[], searched: Searched): Test {
  const tests: Test[] = [];
  while (words.length > 0) tests.push(criterion(words, searched));
  return (entry, sequence) => tests.every((test) => test(entry, sequence));
}

/** Reads the criteria of a SEARCH. */
export function readSearch(words: readonly Word[], searched: Searched): Test {
  const rest = [...words];
  if (textOf(rest[0]).toUpperCase() === 'CHARSET') rest.splice(0, 2);
  return all(rest, searched);
}
