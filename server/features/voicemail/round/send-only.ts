import { TheirError } from '../../../domain/errors.ts';
import { attachmentOf } from '../mail/attachment.ts';
import { byMailClock } from '../mail/mail-clock.ts';
import { soundFor, soundRow, type WithSound } from './copy-sound.ts';
import { draftOf, lightened, type Keep } from './deliver.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { Pair } from '../rules/pair.ts';
import type { Link } from './round-state.ts';

/**
 * Sends the mail about a message where its owner's mailbox is closed to us. Nobody can look afterwards whether it came, so one whose end is not known is sent once
 * more, with the same Message-ID: to learn twice of a message is better than never, and many mail systems show such twins as one. The second time it counts as sent before
 * it is handed over, so that a process that dies over it again and again does not mail its owner again and again. If the mailbox is ever opened to us, the mail is found by its
 * Message-ID and kept in step from then on. A heavy sound does not go with the second one: it may be what
 * the first one broke at. Throws TheirError when it certainly was not taken.
 */
export async function sendOnly(deps: VoicemailDeps, { voicemail, mail, policy: settings }: Link, notifier: NonNullable<Link['notifier']>, pair: Pair, keep: Keep): Promise<Pair> {
  const policy = await byMailClock(deps, pair, settings);
  const read = await soundFor(deps, voicemail, pair, policy);
  const withSound = read.pair;
  const isSecond = withSound.deliveryBeganAt !== null;
  const settled = withSound.settled ?? { voicemail: withSound.voicemail, isRead: false, isTrash: false };
  const open: Pair = { ...withSound, settled, deliveryBeganAt: deps.clock.now() };
  const owesHeard = policy.heardWhenMailed && open.voicemail === 'unheard';
  const sent: Pair = { ...open, state: 'paired', mailbox: mail?.mailbox ?? null, mailId: null, mail: 'missing', missingSince: null, deliveryBeganAt: null, trouble: null, wish: open.wish ?? (owesHeard ? 'heard when mailed' : null) };
  await deps.effect('deliver.begin.write', () => keep(isSecond ? sent : open, [], soundRow(read)));
  try {
    await hand(deps, notifier, { pair: open, sound: read.sound }, policy, isSecond);
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    const isKnown = error.fault !== 'no-answer';
    // Not taken: the next attempt is as good as this one.
    if (isKnown) await keep({ ...open, deliveryBeganAt: withSound.deliveryBeganAt });
    if (isKnown || !isSecond) throw error;
  }
  return deps.effect('delivered.write', () => keep(sent, [{ pairId: sent.id, at: deps.clock.now(), what: 'sent', because: 'new message' }]));
}

/** With its sound where that is wanted and fits; a server that refuses the mail with it is asked to take it without. */
async function hand(deps: VoicemailDeps, { port, to }: NonNullable<Link['notifier']>, { pair, sound: read }: WithSound, policy: Link['policy'], isSecond: boolean): Promise<void> {
  const stored = read === null && pair.hasAudio ? await deps.journal.audio(pair.tenantId, pair.id) : read;
  const whole = attachmentOf(stored, policy, port.maxAudioBytes);
  const sound = isSecond ? lightened(whole) : whole;
  const draft = draftOf(deps, pair, policy, false);
  try {
    await deps.effect('deliver', () => port.notify(to, draft(sound)));
  } catch (error) {
    if (sound.audio === null || !(error instanceof TheirError) || error.fault !== 'refused') throw error;
    await deps.effect('deliver', () => port.notify(to, draft({ audio: null, missing: 'too-large' })));
  }
}
