import type { MailHome, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { TrailLine } from '../journal.ts';
import { sideOf } from './look-at-mail.ts';
import type { Pair } from '../rules/pair.ts';

/** Most ids in one question: the port's limit. */
const atOnce = 500;

/** At first contact: a mail that the phone system itself sent about a message becomes its mail, so that nobody gets a second one. Throws TheirError. */
export async function adopt(deps: Pick<VoicemailDeps, 'clock'>, store: MailStore, mailbox: MailHome, pairs: readonly Pair[]): Promise<{ pairs: Pair[]; lines: TrailLine[] }> {
  const notices = new Map<string, Awaited<ReturnType<MailStore['findNotices']>>[number]>();
  const ids = pairs.map(({ voicemailId }) => voicemailId);
  for (let from = 0; from < ids.length; from += atOnce) {
    for (const notice of await store.findNotices(mailbox, ids.slice(from, from + atOnce))) {
      // Of several the living one.
      if (notices.get(notice.voicemailId)?.place !== 'inbox') notices.set(notice.voicemailId, notice);
    }
  }
  const lines: TrailLine[] = [];
  const adopted = pairs.map((pair): Pair => {
    const notice = notices.get(pair.voicemailId);
    if (!notice) return pair;
    lines.push({ pairId: pair.id, at: deps.clock.now(), what: 'adopted', because: 'adopted' });
    return { ...pair, state: 'paired', mailbox, messageId: notice.messageId, mailId: notice.id, mail: sideOf(notice) };
  });
  return { pairs: adopted, lines };
}
