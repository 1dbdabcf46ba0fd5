import { fetchLine, wantedItems } from '../fetch-items.ts';
import { readSearch } from '../search.ts';
import type { Handler, Outcome, Selected, Session } from '../session-types.ts';
import { bad, no, ok } from '../session-types.ts';
import { listOf, textOf } from '../tokens.ts';
import type { Word } from '../tokens.ts';
import type { Account, Entry } from '../types.ts';
import { membersOf, setOf } from '../uid-set.ts';
import { signedIn } from './folders.ts';

interface Chosen { session: Session; account: Account; selected: Selected; words: Word[]; isUid: boolean }

/** Both forms of a command, by sequence number and by UID. A form by number keeps the numbers: nothing may leave meanwhile. */
function both(run: (chosen: Chosen) => Outcome): { plain: Handler; uid: Handler } {
  const handler = (isUid: boolean): Handler => signedIn((session, account, words) => {
    if (!session.selected) return bad('Open a folder first.');
    return { ...run({ session, account, selected: session.selected, words, isUid }), keepsNumbers: !isUid };
  });
  return { plain: handler(false), uid: handler(true) };
}

/** The chosen messages with their numbers, as far as they are still there. */
function chosen({ selected, words, isUid }: Chosen): { sequence: number; entry: Entry }[] {
  const { uids, folder } = selected;
  const set = textOf(words[0]);
  const places = new Map(uids.map((uid, index) => [uid, index + 1]));
  const wanted = isUid ? membersOf(set, uids) : membersOf(set, uids.map((_, index) => index + 1)).map((sequence) => uids[sequence - 1] ?? 0);
  return wanted.flatMap((uid) => {
    const entry = folder.entries.get(uid);
    return entry ? [{ sequence: places.get(uid) ?? 0, entry }] : [];
  });
}

function modifier(words: Word[], name: string): number | null {
  const list = listOf(words.at(-1)).map((word) => textOf(word).toUpperCase());
  const at = list.indexOf(name);
  return at < 0 ? null : Number(list[at + 1]);
}

const fetch = both((call) => {
  const { session, account, selected, words, isUid } = call;
  const since = words.length > 2 ? modifier(words, 'CHANGEDSINCE') : null;
  const items = wantedItems(words.slice(1, 2));
  if (isUid && !items.includes('UID')) items.unshift('UID');
  if (since !== null) session.enabled.add('CONDSTORE');
  if (since !== null && !items.includes('MODSEQ')) items.push('MODSEQ');
  if (since !== null && listOf(words.at(-1)).some((word) => textOf(word).toUpperCase() === 'VANISHED')) {
    const gone = selected.folder.vanished.filter(({ modseq }) => modseq > since).map(({ uid }) => uid).toSorted((a, b) => a - b);
    if (gone.length > 0) session.say(`* VANISHED (EARLIER) ${setOf([...new Set(gone)])}`);
  }
  const wish = { items, isGmail: session.world.manner.gmail, account };
  const found = chosen(call).filter(({ entry }) => since === null || entry.modseq > since);
  // Dovecot may tell the same message twice after a QRESYNC.
  const twice = since !== null && session.enabled.has('QRESYNC') ? found.slice(0, 1) : [];
  for (const { sequence, entry } of [...found, ...twice]) session.sayBytes(fetchLine(sequence, entry, wish));
  return ok('Fetch completed.');
});

const store = both((call) => {
  const { session, account, selected, words } = call;
  if (selected.isReadOnly) return no('[NOPERM] The folder is open for reading.');
  const [, sign = '', , silent] = /^([+-]?)(FLAGS)(\.SILENT)?$/i.exec(textOf(words[1])) ?? [];
  const flags = (words[2]?.kind === 'list' ? listOf(words[2]) : words.slice(2)).map(textOf);
  for (const { entry } of chosen(call)) account.flag(selected.folder.path, entry.uid, sign === '+' ? { add: flags } : sign === '-' ? { remove: flags } : { set: flags });
  session.flush({ isSilent: silent !== undefined });
  return ok('Store completed.');
});

const search = both(({ session, selected, words, isUid }) => {
  const { uids, folder } = selected;
  const test = readSearch(words, { uids });
  const found = uids.flatMap((uid, index) => {
    const entry = folder.entries.get(uid);
    return entry && test(entry, index + 1) ? [isUid ? uid : index + 1] : [];
  });
  session.say(['* SEARCH', ...found].join(' '));
  return ok('Search completed.');
});

/** `[COPYUID validity from to]`, when the server has UIDPLUS. */
function uidCode({ session, account }: Chosen, to: string, pairs: ReadonlyMap<number, number>): string {
  const folder = account.folder(to);
  if (!session.world.manner.uidPlus || !folder || pairs.size === 0) return '';
  return `[COPYUID ${folder.uidValidity} ${setOf([...pairs.keys()])} ${setOf([...pairs.values()])}] `;
}

const move = both((call) => {
  const { session, account, selected, words } = call;
  const to = textOf(words[1]);
  if (!session.world.manner.move) return bad('MOVE is not offered.');
  if (!account.folder(to)) return no('[TRYCREATE] There is no such folder.');
  const pairs = account.move(selected.folder.path, chosen(call).map(({ entry }) => entry.uid), to);
  const code = uidCode(call, to, pairs);
  if (code !== '') session.say(`* OK ${code}Moved UIDs.`);
  session.flush();
  return ok('Move completed.');
});

const copy = both((call) => {
  const { account, selected, words } = call;
  const to = textOf(words[1]);
  if (!account.folder(to)) return no('[TRYCREATE] There is no such folder.');
  const pairs = account.copy(selected.folder.path, chosen(call).map(({ entry }) => entry.uid), to);
  return ok(`${uidCode(call, to, pairs)}Copy completed.`);
});

function expunge(isUid: boolean): Handler {
  return signedIn((session, account, words) => {
    const { selected } = session;
    if (!selected) return bad('Open a folder first.');
    if (isUid && !session.world.manner.uidPlus) return bad('UID EXPUNGE is not offered.');
    const marked = [...selected.folder.entries.values()].filter(({ content }) => content.flags.has('\\Deleted')).map(({ uid }) => uid);
    account.expunge(selected.folder.path, isUid ? membersOf(textOf(words[0]), marked) : marked);
    return ok('Expunge completed.');
  });
}

/** In Dovecot's words (2.3.19). */
const refusals: Readonly<Record<string, string>> = {
  OVERQUOTA: '[OVERQUOTA] Quota exceeded (mailbox for user is full)', LIMIT: '[LIMIT] Mail size is larger than the maximum size allowed by server configuration (0.001 + 0.000 secs).',
};

const append = signedIn((session, account, words) => {
  const path = textOf(words[0]);
  const raw = words.at(-1);
  if (raw?.kind !== 'literal') return bad('A message is a literal.');
  const flags = listOf(words[1]).map(textOf);
  const dated = words.find((word) => word.kind === 'string' && word !== words[0]);
  const at = dated ? Date.parse(textOf(dated).replaceAll('-', ' ').replace(/ (\d{4})$/, ' -$1').replace(/ (\+\d{4})$/, ' GMT$1')) : NaN;
  try {
    const { uid } = account.append(path, raw.bytes, { flags, internalDate: Number.isFinite(at) ? at : session.world.clock.now() });
    const folder = account.folder(path);
    return ok(session.world.manner.uidPlus && folder ? `[APPENDUID ${folder.uidValidity} ${uid}] Append completed.` : 'Append completed.');
  } catch (error) {
    const code = error instanceof Error ? error.message : '';
    return no(refusals[code] ?? '[TRYCREATE] There is no such folder.');
  }
});

export const messageCommands = {
  FETCH: fetch.plain, 'UID FETCH': fetch.uid, STORE: store.plain, 'UID STORE': store.uid, SEARCH: search.plain, 'UID SEARCH': search.uid, MOVE: move.plain, 'UID MOVE': move.uid,
  COPY: copy.plain, 'UID COPY': copy.uid, EXPUNGE: expunge(false), 'UID EXPUNGE': expunge(true), APPEND: append,
} satisfies Record<string, Handler>;
