import { plainName } from '../../../domain/plain-text.ts';
import type { VoicemailMessage } from '../../../domain/voicemail.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { BoxState, TrailLine } from '../journal.ts';
import { messageTime } from '../mail/message-time.ts';
import { mergeCopies, type Pair } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';
import type { Link } from './round-state.ts';

/** Messages by id, each with all its copies. */
export type Listing = ReadonlyMap<string, readonly VoicemailMessage[]>;

export function listingOf(messages: readonly VoicemailMessage[]): Listing {
  const byId = new Map<string, VoicemailMessage[]>();
  for (const message of messages) byId.set(message.id, [...(byId.get(message.id) ?? []), message]);
  return byId;
}

const day = 24 * 60 * 60_000;

/** Pairs for what is new in a box. What was thrown away before we first saw it is nobody's business. */
export function discover(deps: Pick<VoicemailDeps, 'clock' | 'newId' | 'messageDomain'>, state: BoxState, { personId, policy, mail, notifier }: Pick<Link, 'personId' | 'policy' | 'mail' | 'notifier'>, known: readonly Pair[], listing: Listing): { pairs: Pair[]; lines: TrailLine[] } {
  const knownIds = new Set(known.map(({ voicemailId }) => voicemailId));
  const now = deps.clock.now();
  const isFirstContact = state.cutOverAt === null;
  const pairs: Pair[] = [];
  const lines: TrailLine[] = [];
  for (const [voicemailId, copies] of listing) {
    const side = mergeCopies(copies.map((each) => each.state));
    const [first] = copies;
    if (knownIds.has(voicemailId) || side === 'deleted' || first === undefined) continue;
    const id = deps.newId();
    const time = messageTime({ leftAt: first.leftAt, seenAt: now, lookedAt: isFirstContact ? null : state.lookedAt });
    const isOld = isFirstContact && !cameAfter(state.knownSince, first, now);
    const isMailed = (mail !== null || notifier !== null) && policy.mode !== 'off' && (!isOld || mailsOld(policy, side === 'unheard', time.at, now));
    pairs.push({
      tenantId: state.tenantId, id, personId, instance: state.instance, box: state.box, voicemailId, state: isMailed ? 'waiting' : 'listed',
      call: { name: plainName(first.callerName), number: plainName(first.callerNumber), durationSeconds: first.durationSeconds, isUrgent: first.isUrgent },
      leftAt: time.at, firstSeenAt: now, voicemail: side, mailbox: null, messageId: `${id}@${deps.messageDomain}`, mailId: null, mail: null, settled: null, wish: null, begun: null,
      deliveryBeganAt: null, missingSince: null, hasAudio: false, binnedAt: null, removedByUs: false, trouble: null,
    });
    lines.push({ pairId: id, at: now, what: 'seen', because: isOld ? 'old message' : time.isClockWrong ? 'clock of the phone system is wrong' : 'new message' });
  }
  return { pairs, lines };
}

/** Between the beginning of a call, which is the time that a message bears, and its recording: greeting and menus; and what two clocks may differ, ms. */
const greetingMs = 30_000;
/** Whoever owns a box is mostly known seconds after it. Of one that was nobody's for longer, nobody expects mails about what came meanwhile, ms. */
const unownedMs = 60 * 60_000;

/** Was it left after we knew of the box, and only its owner was not known yet, or not looked at? By the phone system's clock, if that can be right. */
function cameAfter(knownSince: number | null, { leftAt, durationSeconds }: VoicemailMessage, now: number): boolean {
  if (knownSince === null || leftAt === null || leftAt > now + greetingMs) return false;
  return leftAt + durationSeconds * 1_000 + greetingMs >= knownSince && leftAt >= now - unownedMs;
}

/** Does a message that lay there before us get a mail? */
function mailsOld({ oldMessages, oldDays }: VoicemailPolicy, isUnheard: boolean, leftAt: number, now: number): boolean {
  if (oldMessages === 'mail-unheard') return isUnheard;
  return oldMessages === 'mail-recent' && leftAt >= now - oldDays * day;
}
