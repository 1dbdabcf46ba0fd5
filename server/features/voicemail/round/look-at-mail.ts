import type { MailHome, MailItem, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { BoxState } from '../journal.ts';
import { isOnlySent, type MailSide, type Pair } from '../rules/pair.ts';

/** What a look at a mailbox showed: the pairs that changed by it, and where we are. */
export interface MailLook {
  /** With what was seen put in. */
  changed: Pair[];
  /** Not found, and it is too early to say that they are missing. */
  doubted: ReadonlySet<string>;
  /** When that can be said, epoch ms. */
  doubtUntil: number | null;
  cursor: string | null;
  wasWhole: boolean;
}

/** Most Message-IDs in one question: the port's limit. */
const atOnce = 500;

/**
 * Looks at the mails of `pairs`: at what changed since the last look, or at each when that is due. Throws TheirError: then nothing is known and the cursor
 * stays where it was.
 */
export async function lookAtMail(deps: VoicemailDeps, store: MailStore, mailbox: MailHome, state: BoxState, pairs: readonly Pair[], isWhole: boolean): Promise<MailLook> {
  const mailed = pairs.filter((pair) => pair.state === 'paired');
  const isMoved = state.mailbox !== null && (state.mailbox.id !== mailbox.id || state.mailbox.instance !== mailbox.instance);
  const cursor = isMoved ? null : state.cursor;
  const byMessageId = new Map(mailed.map((pair) => [pair.messageId, pair]));
  const byMailId = new Map(mailed.flatMap((pair) => (pair.mailId === null ? [] : [[pair.mailId, pair]])));
  const items = new Map<string, MailItem[]>();
  const asked = new Set<Pair>();

  // The cursor first: what changes while we look at each mail is told next time.
  const changes = store.capabilities.changes ? await store.changes(mailbox, cursor) : null;
  const wasWhole = isWhole || isMoved || cursor === null || changes === null || changes.wasReset;
  if (wasWhole) for (const pair of mailed) asked.add(pair);
  else {
    for (const item of changes.items) if (byMessageId.has(item.messageId)) items.set(item.messageId, [...(items.get(item.messageId) ?? []), item].slice(-1));
    for (const id of changes.gone) {
      const pair = byMailId.get(id);
      if (pair) asked.add(pair);
    }
    for (const pair of mailed) if (pair.missingSince !== null) asked.add(pair);
  }
  const wanted = [...asked].map(({ messageId }) => messageId);
  for (const messageId of wanted) items.set(messageId, []);
  for (let from = 0; from < wanted.length; from += atOnce) {
    for (const item of await store.find(mailbox, wanted.slice(from, from + atOnce))) items.get(item.messageId)?.push(item);
  }

  const now = deps.clock.now();
  const doubted = new Set<string>();
  let doubtUntil: number | null = null;
  const changed: Pair[] = [];
  for (const [messageId, found] of items) {
    const pair = byMessageId.get(messageId);
    if (!pair) continue;
    const seen = seenAs(pair, found, mailbox, now, store.capabilities.visibleWithinMs);
    if (seen.doubtUntil !== null) {
      doubted.add(pair.id);
      doubtUntil = Math.min(doubtUntil ?? Infinity, seen.doubtUntil);
    }
    changed.push(seen.pair);
  }
  return { changed: changed.filter((pair) => !isSame(pair, byMessageId.get(pair.messageId))), doubted, doubtUntil, cursor: changes?.cursor ?? null, wasWhole };
}

function seenAs(pair: Pair, found: readonly MailItem[], mailbox: { instance: string; id: string }, now: number, visibleWithinMs: number): { pair: Pair; doubtUntil: number | null } {
  const item = pickMail(found, pair.mailId);
  // Of one that was sent blindly nothing is known that both sides could have agreed on.
  const settled = isOnlySent(pair) ? null : pair.settled;
  if (item) return { pair: { ...pair, settled, mailbox, mailId: item.id, mail: sideOf(item), missingSince: null }, doubtUntil: null };
  if (pair.mail === 'missing') return { pair, doubtUntil: null };
  const missingSince = pair.missingSince ?? now;
  const isMissing = now - missingSince >= visibleWithinMs;
  return { pair: { ...pair, missingSince, ...(isMissing ? { mail: 'missing' as const } : {}) }, doubtUntil: isMissing ? null : missingSince + visibleWithinMs };
}

export function sideOf({ isRead, place }: MailItem): Exclude<MailSide, 'missing'> {
  return { isRead, place };
}

/** Of several copies the living one: its owner may have copied a mail into a folder and thrown the first away. Among those, the one we knew. */
export function pickMail(items: readonly MailItem[], knownId: string | null): MailItem | undefined {
  const rank = ({ place, id }: MailItem): number => (place === 'trash' ? 2 : place === 'elsewhere' ? 1 : 0) * 2 + (id === knownId ? 0 : 1);
  return items.toSorted((a, b) => rank(a) - rank(b))[0];
}

function isSame(a: Pair, b: Pair | undefined): boolean {
  const [x, y] = [a.mail, b?.mail];
  const sameMail = x === y || (x !== null && y !== null && y !== undefined && x !== 'missing' && y !== 'missing' && x.isRead === y.isRead && x.place === y.place);
  return sameMail && a.mailId === b?.mailId && a.missingSince === b.missingSince && a.mailbox?.id === b.mailbox?.id && a.mailbox?.instance === b.mailbox?.instance;
}
