import { TheirError } from '../../../domain/errors.ts';
import type { OutgoingMail } from '../../../ports/mail-sender.ts';
import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import { attachmentOf } from '../mail/attachment.ts';
import type { VoicemailDeps } from '../deps.ts';
import { byMailClock } from '../mail/mail-clock.ts';
import { isDeleted, type Pair } from '../rules/pair.ts';
import { sensitivityOf, type VoicemailPolicy } from '../rules/policy.ts';
import { pairById } from '../rows.ts';
import { beginNotice, findNotice, noteNotice, type NoticeState } from './notice-rows.ts';

/** Notices of new messages to an address of the owner's choice (A033 to A035): nothing that is done to such a mail reaches the phone. */

/** The sound is looked for again after this, ms. */
const soundPauseMs = 5_000;
/** A new message has its sound within moments, ms. */
const firstLookMs = 2_000;

/** Work for each new message; whether there is anything to send is seen when it is done. */
export async function putNotices(tx: Queries, tenantId: string, pairIds: readonly string[], now: number): Promise<void> {
  await putWork(tx, ...pairIds.map((key) => ({ tenantId, kind: 'voicemail.notice', key, dueAt: now + firstLookMs })));
}

type Deps = Pick<VoicemailDeps, 'clock' | 'compose' | 'effect' | 'journal' | 'log' | 'messageDomain' | 'notices' | 'policyOf' | 'times' | 'zoneOf'> & Partial<Pick<VoicemailDeps, 'voicemails'>>;

/**
 * Work `voicemail.notice`: hands the notice over at most once. That it begins is written before it does, so after a crash in between nobody knows whether it went: it is
 * left in doubt, and not sent again. Throws TheirError: certainly not taken, tried again.
 */
export async function sendNotice(deps: Deps, db: Queries, tenantId: string, pairId: string): Promise<{ againAt: number } | void> {
  const { notices } = deps;
  const pair = await pairById(db, tenantId, pairId);
  if (!notices || !pair || isDeleted(pair.voicemail)) return;
  const policy = await deps.policyOf(tenantId, pair.personId);
  if (policy.noticeTo === '') return;
  const known = await findNotice(db, tenantId, pairId);
  const note = (state: NoticeState): Promise<void> => deps.effect('notice.write', () => noteNotice(db, tenantId, pairId, state, deps.clock.now()));
  if (known?.state === 'sending') return note('doubt');
  if (known && known.state !== 'waiting') return;
  const isSoundAwaited = policy.noticeWithAudio && !pair.hasAudio && pair.trouble !== 'no-sound' && deps.clock.now() - pair.firstSeenAt < deps.times.soundlessMs;
  if (isSoundAwaited) return { againAt: deps.clock.now() + soundPauseMs };

  const written = await byMailClock(deps, pair, policy);
  const mail = await noticeOf(deps, pair, written, await notices.nameOf(tenantId, pair.personId));
  const hasBegun = await deps.effect('notice.begin.write', () => beginNotice(db, tenantId, pairId, policy.noticeTo, deps.clock.now()));
  if (!hasBegun) return;
  try {
    await deps.effect('notice.send', () => notices.sender.send(mail).catch((error: unknown) => {
      // Too large for a server with a smaller limit than ours: certainly not taken. It goes with the link alone.
      if (!mail.attachments?.length || !(error instanceof TheirError) || error.fault !== 'refused') throw error;
      const { attachments: _tooLarge, ...light } = mail;
      return notices.sender.send({ ...light, ...textsOf(deps, pair, written, 'too-large', mail.fromName) });
    }));
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance: error.connector, pair: pairId, err: error.message }, 'a notice of a voicemail was not sent');
    if (error.fault === 'no-answer') return note('doubt');
    if (!error.passing) return note('refused');
    await note('waiting');
    throw error;
  }
  await note('sent');
}

async function noticeOf(deps: Deps, pair: Pair, policy: VoicemailPolicy, ownerName: string): Promise<OutgoingMail> {
  const stored = policy.noticeWithAudio && pair.hasAudio ? await deps.journal.audio(pair.tenantId, pair.id) : null;
  const { audio, missing } = attachmentOf(stored, { ...policy, withAudio: policy.noticeWithAudio }, Infinity);
  return {
    messageId: `${pair.id}.notice@${deps.messageDomain}`, to: { name: '', address: policy.noticeTo }, fromName: ownerName, replyTo: null, isUrgent: pair.call.isUrgent, ...sensitivityOf(policy),
    ...textsOf(deps, pair, policy, missing, ownerName), attachments: audio ? [audio] : [],
  };
}

function textsOf(deps: Deps, pair: Pair, policy: VoicemailPolicy, missing: Parameters<VoicemailDeps['compose']>[2], ownerName: string): Pick<OutgoingMail, 'subject' | 'text' | 'html'> {
  const { subject, text, html } = deps.compose(pair, policy, missing, ownerName);
  return { subject, text, html };
}
