import type { Box, FolderName } from './boxes.ts';
import { namedFolder, type OpenFolder, type Spool } from './spool.ts';
import type { Waiting } from './waiting.ts';

/** A message as an action names it: folder in any case. */
export interface Address {
  mailbox: string;
  context: string;
  folder: string;
  id: string;
}

/** What an action claims, and how long it took, ms. */
export interface Claim {
  ok: boolean;
  tookMs: number;
}

/** What VoicemailMove, VoicemailRemove and VoicemailForward do; each also tells the counts when it claims success. */
export interface VoicemailWrites {
  move(message: Address, toFolder: string): Claim;
  remove(message: Address): Claim;
  forward(message: Address, to: { mailbox: string; context: string; folder: string }): Claim;
  /** The next `count` of them claim success and do nothing, as a full disk or a lost race makes them. */
  pretend(count: number): void;
}

const failed: Claim = { ok: false, tookMs: 0 };
const slowMs = { lostInDeleted: 900, forwardBesideIt: 4000 };

export function createVoicemailWrites(spool: Spool, waiting: Waiting): VoicemailWrites {
  let pretending = 0;

  /** Opens the folder and finds the message; null where Asterisk says "failed". */
  function reach({ mailbox, context, folder, id }: Address): { box: Box; opened: OpenFolder; number: number } | null {
    const named = namedFolder(spool, mailbox, context, folder);
    if (!named) return null;
    const opened = spool.open(named.box, named.name);
    const number = spool.find(opened, id);
    return number === undefined ? null : { box: named.box, opened, number };
  }

  function isPretending(): boolean {
    if (pretending === 0) return false;
    pretending -= 1;
    return true;
  }

  /** A message that a move to Deleted has lost there slows everything down (tried: 0.9 s, 4 s for a forward). */
  function drag(box: Box, ms: number): number {
    return spool.folder(box, 'Deleted').lastNumber() > spool.folder(box, 'Deleted').count() ? ms : 0;
  }

  function finish(box: Box, opened: OpenFolder): Claim {
    const tookMs = spool.close(opened) + drag(box, slowMs.lostInDeleted);
    waiting.tell(box);
    return { ok: true, tookMs };
  }

  return {
    move(message, toFolder) {
      const target: FolderName | undefined = namedFolder(spool, message.mailbox, message.context, toFolder)?.name;
      const found = target && reach(message);
      if (!found || !target) return failed;
      if (isPretending()) return { ok: true, tookMs: 0 };
      if (!spool.save(found.opened, found.number, target)) return failed;
      found.opened.deleted.add(found.number);
      return finish(found.box, found.opened);
    },
    remove(message) {
      const found = reach(message);
      if (!found) return failed;
      if (isPretending()) return { ok: true, tookMs: 0 };
      found.opened.deleted.add(found.number);
      return finish(found.box, found.opened);
    },
    forward(message, to) {
      const target = namedFolder(spool, to.mailbox, to.context, to.folder);
      const found = target && reach(message);
      if (!target || !found) return failed;
      if (isPretending()) return { ok: true, tookMs: 0 };
      const folder = spool.folder(target.box, target.name);
      const next = folder.lastNumber() + 1;
      // A full box takes nothing, and Asterisk says "successful" all the same (tried).
      if (folder.count() < target.box.maxMessages) found.opened.folder.copyTo(found.number, folder, next);
      const tookMs = drag(found.box, slowMs.forwardBesideIt);
      waiting.tell(target.box);
      return { ok: true, tookMs };
    },
    pretend: (count) => void (pretending = count),
  };
}
