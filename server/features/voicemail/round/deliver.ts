import { TheirError } from '../../../domain/errors.ts';
import type { MailDraft, MailHome, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import { attachmentOf, type MailSound } from '../mail/attachment.ts';
import { byMailClock } from '../mail/mail-clock.ts';
import { soundFor, soundRow } from './copy-sound.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { SoundRow, TrailLine } from '../journal.ts';
import { pickMail, sideOf } from './look-at-mail.ts';
import type { Pair } from '../rules/pair.ts';
import { sensitivityOf, type VoicemailPolicy } from '../rules/policy.ts';

/** A change of one pair, to be saved, with the sound that was read for it. */
export type Keep = (pair: Pair, lines?: readonly TrailLine[], sounds?: readonly SoundRow[]) => Promise<Pair>;

/** A sound of so many bytes may be what a connection breaks at: servers that hang up on large mails, lines that are too slow for the deadline. Smaller ones are not. Ours. */
const heavyBytes = 500_000;
/** A mail whose end was lost so often goes without its heavy sound: with it, it might never come. Ours. */
export const mostLost = 3;

/** What is left of a mail's sound when sending it with that was lost; the same where the sound is not to blame. */
export function lightened(sound: MailSound): MailSound {
  return sound.audio !== null && sound.audio.bytes.length > heavyBytes ? { audio: null, missing: 'too-large' } : sound;
}

/** When a delivery whose end we do not know may be repeated, epoch ms; null: at once. */
export function mayDeliverAt(pair: Pair, store: MailStore): number | null {
  return pair.deliveryBeganAt === null ? null : pair.deliveryBeganAt + store.capabilities.visibleWithinMs;
}

/**
 * Puts the mail into the owner's inbox. Begun, done and written in three steps, so that a crash between them leads to looking for the mail and not to a
 * second one. `wasLost`: so often nobody knew what came of it. Throws TheirError.
 */
export async function deliver(deps: VoicemailDeps, stores: { voicemail: VoicemailStore; mail: MailStore }, mailbox: MailHome, pair: Pair, settings: VoicemailPolicy, keep: Keep, wasLost = 0): Promise<Pair> {
  const policy = await byMailClock(deps, pair, settings);
  const read = await soundFor(deps, stores.voicemail, pair, policy);
  const withSound = read.pair;
  // What the first attempt says stands for all: its mail may be there already, and its owner may have changed it since.
  const settled = withSound.settled ?? { voicemail: withSound.voicemail, isRead: withSound.voicemail === 'heard', isTrash: false };
  const begun = await deps.effect('deliver.begin.write', () => keep({ ...withSound, settled, deliveryBeganAt: deps.clock.now() }, [], soundRow(read)));
  const stored = read.sound === null && begun.hasAudio ? await deps.journal.audio(begun.tenantId, begun.id) : read.sound;
  const whole = attachmentOf(stored, policy, stores.mail.capabilities.maxAudioBytes);
  const sound = wasLost >= mostLost ? lightened(whole) : whole;
  const draft = draftOf(deps, begun, policy, settled.isRead);
  const item = await deps.effect('deliver', () => stores.mail.deliver(mailbox, draft(sound)).catch((error: unknown) => {
    // A server with a smaller limit than ours says no, and nothing was done: the mail goes with the link alone, rather than never.
    if (sound.audio === null || !(error instanceof TheirError) || error.fault !== 'refused') throw error;
    return stores.mail.deliver(mailbox, draft({ audio: null, missing: 'too-large' }));
  }));
  const owesHeard = policy.heardWhenMailed && begun.voicemail === 'unheard';
  return deps.effect('delivered.write', () => keep(
    {
      ...begun, state: 'paired', mailbox, mailId: item.id, mail: sideOf(item), deliveryBeganAt: null, trouble: null,
      wish: begun.wish ?? (owesHeard ? 'heard when mailed' : null),
    },
    [{ pairId: begun.id, at: deps.clock.now(), what: 'delivered', because: 'new message' }],
  ));
}

/** The whole mail, given what becomes of its sound. */
export function draftOf(deps: Pick<VoicemailDeps, 'compose'>, pair: Pair, policy: VoicemailPolicy, isRead: boolean): (sound: MailSound) => MailDraft {
  const { name, number, durationSeconds, isUrgent } = pair.call;
  return ({ audio, missing }) => ({
    ...deps.compose(pair, policy, missing), messageId: pair.messageId, sentAt: pair.leftAt, isRead, isUrgent, ...sensitivityOf(policy), key: pair.id, call: { name, number, durationSeconds }, audio,
  });
}

/** A delivery whose end is not known, of a message that is to have no mail any more: the pair with the mail that came of it; null when none did. Throws TheirError. */
export async function findDelivered(deps: VoicemailDeps, store: MailStore, mailbox: MailHome, pair: Pair, keep: Keep): Promise<Pair | null> {
  const item = pickMail(await store.find(mailbox, [pair.messageId]), null);
  return item ? deps.effect('delivered.write', () => keep({ ...pair, state: 'paired', mailbox, mailId: item.id, mail: sideOf(item), deliveryBeganAt: null })) : null;
}
