import type { Handler, Session } from '../session-types.ts';
import { bad, no, ok } from '../session-types.ts';
import { listOf, quote, textOf } from '../tokens.ts';
import type { Account, Folder } from '../types.ts';

/** A handler for those who are signed in. */
export function signedIn(run: (session: Session, account: Account, words: Parameters<Handler>[1]) => ReturnType<Handler>): Handler {
  return (session, words) => (session.account ? run(session, session.account, words) : bad('Sign in first.'));
}

function attributes({ use }: Folder, session: Session): string {
  const { specialUse, gmail } = session.world.manner;
  return ['\\HasNoChildren', ...((specialUse || gmail) && use !== null && use !== '\\Inbox' ? [use] : [])].join(' ');
}

function pattern(text: string): RegExp {
  const escaped = text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('%', '[^/]*');
  return new RegExp(`^${escaped}$`, 'i');
}

const list = signedIn((session, account, words) => {
  // `LIST (SPECIAL-USE) "" "*" RETURN (…)`: selection options come first, and a pattern may be a list of some.
  const from = words[0]?.kind === 'list' ? 1 : 0;
  const wanted = words[from + 1];
  const patterns = (wanted?.kind === 'list' ? listOf(wanted) : [wanted]).map((word) => pattern(textOf(word)));
  for (const folder of account.folders.values()) {
    if (patterns.some((each) => each.test(folder.path))) session.say(`* LIST (${attributes(folder, session)}) "/" ${quote(folder.path)}`);
  }
  if (textOf(wanted) === '') session.say('* LIST (\\Noselect) "/" ""');
  return ok();
});

const lsub = signedIn((session, account, words) => {
  const wanted = pattern(textOf(words[1]));
  for (const { path } of account.folders.values()) if (wanted.test(path)) session.say(`* LSUB () "/" ${quote(path)}`);
  return ok();
});

function statusItem(name: string, folder: Folder): string {
  const unseen = (): number => [...folder.entries.values()].filter(({ content }) => !content.flags.has('\\Seen')).length;
  const values: Record<string, () => number> = {
    MESSAGES: () => folder.entries.size, RECENT: () => 0, UIDNEXT: () => folder.uidNext, UIDVALIDITY: () => folder.uidValidity, UNSEEN: unseen, HIGHESTMODSEQ: () => folder.highestModseq,
  };
  return `${name} ${values[name]?.() ?? 0}`;
}

const status = signedIn((session, account, words) => {
  const folder = account.folder(textOf(words[0]));
  if (!folder) return no('[NONEXISTENT] There is no such folder.');
  const items = listOf(words[1]).map((word) => textOf(word).toUpperCase());
  if (items.includes('HIGHESTMODSEQ') && !session.world.manner.condstore) return bad('HIGHESTMODSEQ is not known.');
  session.say(`* STATUS ${quote(folder.path)} (${items.map((item) => statusItem(item, folder)).join(' ')})`);
  return ok();
});

function select(isReadOnly: boolean): Handler {
  return signedIn((session, account, words) => {
    const folder = account.folder(textOf(words[0]));
    if (!folder) {
      session.close();
      return no('[NONEXISTENT] There is no such folder.');
    }
    const { condstore } = session.world.manner;
    if (condstore && listOf(words[1]).some((word) => textOf(word).toUpperCase() === 'CONDSTORE')) session.enabled.add('CONDSTORE');
    session.open(folder, isReadOnly);
    session.say('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)');
    session.say('* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags permitted.');
    session.say(`* ${folder.entries.size} EXISTS`);
    session.say('* 0 RECENT');
    session.say(`* OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid`);
    session.say(`* OK [UIDNEXT ${folder.uidNext}] Predicted next UID`);
    session.say(condstore ? `* OK [HIGHESTMODSEQ ${folder.highestModseq}] Highest` : '* OK [NOMODSEQ] No modseq');
    return ok(`[${isReadOnly ? 'READ-ONLY' : 'READ-WRITE'}] Selected.`);
  });
}

function leave(session: Session): ReturnType<Handler> {
  session.close();
  return ok();
}

export const folderCommands = {
  NAMESPACE: (session) => {
    session.say('* NAMESPACE (("" "/")) NIL NIL');
    return ok();
  },
  LIST: list,
  XLIST: list,
  LSUB: lsub,
  STATUS: status,
  SELECT: select(false),
  EXAMINE: select(true),
  CLOSE: leave,
  UNSELECT: leave,
  CREATE: signedIn((_session, account, words) => {
    if (account.folder(textOf(words[0]))) return no('[ALREADYEXISTS] The folder is there.');
    account.create(textOf(words[0]));
    return ok();
  }),
  SUBSCRIBE: () => ok(),
} satisfies Record<string, Handler>;
