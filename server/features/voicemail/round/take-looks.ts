import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailLook } from './look-at-voicemail.ts';
import { adopt } from './adopt.ts';
import { discover } from './discover.ts';
import { lookAtMail, type MailLook } from './look-at-mail.ts';
import { lookAtVoicemail } from './look-at-voicemail.ts';
import type { Pair } from '../rules/pair.ts';
import { again, failed, line, ownPairs, save, saveLater, type RoundState } from './round-state.ts';
import type { TrailLine } from '../journal.ts';

/** The two looks of a round, written down. Null: nothing is known of that side at this moment. */

export async function seeVoicemail(round: RoundState): Promise<VoicemailLook | null> {
  const { deps, link } = round;
  let look: VoicemailLook;
  let found: { pairs: Pair[]; lines: TrailLine[] };
  try {
    look = await lookAtVoicemail(deps, link.voicemail, round.box, [...round.pairs.values()], link.policy.mostAtOnce);
    found = await firstContact(round, discover(deps, round.box, link, [...round.pairs.values()], look.listing));
  } catch (error) {
    // Without the mail side nothing is known of what was mailed before us either: then first contact waits.
    failed(round, error);
    round.isVoicemailOff = true;
    return null;
  }
  await writeDown(round, look, found);
  return { ...look, sides: new Map([...look.sides, ...found.pairs.map((pair) => [pair.id, pair.voicemail] as const)]) };
}

function isRefused(error: unknown): boolean {
  return error instanceof TheirError && error.fault === 'denied';
}

async function firstContact({ deps, link, box }: RoundState, found: { pairs: Pair[]; lines: TrailLine[] }): Promise<{ pairs: Pair[]; lines: TrailLine[] }> {
  if (box.cutOverAt !== null || !link.mail || found.pairs.length === 0) return found;
  try {
    const adopted = await adopt(deps, link.mail.store, link.mail.mailbox, found.pairs);
    return { pairs: adopted.pairs, lines: [...found.lines, ...adopted.lines] };
  } catch (error) {
    // Where we may never look, waiting for a look would be for ever.
    if (!isRefused(error) || link.notifier === null) throw error;
    return found;
  }
}

async function writeDown(round: RoundState, look: VoicemailLook, found: { pairs: Pair[]; lines: TrailLine[] }): Promise<void> {
  const { deps, box } = round;
  const now = deps.clock.now();
  if (look.brake !== null && box.brake === null) {
    deps.log.error({ instance: box.instance, box: box.box, reason: look.brake }, 'messages vanished from a voicemail box without a cause: nothing is deleted until somebody looks');
  }
  if (look.brake !== null) again(round, now + deps.times.brakeMs);
  // The other brake is let go where it was pulled: jobs.ts.
  const held = look.brake ?? (box.brake === 'too-many-mails' ? box.brake : null);
  const fields = {
    brake: held, brakeSince: held === null ? null : (box.brakeSince ?? now), lookedAt: look.brake === null ? now : box.lookedAt, cutOverAt: box.cutOverAt ?? now,
  };
  const sawPhone = box.phoneSeenAt !== null && (box.lookedAt === null || box.phoneSeenAt >= box.lookedAt);
  // That a box was looked at is worth no write of its own: it is saved with the next one.
  if (box.cutOverAt === null || sawPhone) saveLater(round, fields);
  if (found.pairs.length > 0 || held !== box.brake) await deps.effect('found.write', () => save(round, found.pairs, found.lines, fields));
  else round.box = { ...box, ...fields };
}

export async function seeMail(round: RoundState): Promise<MailLook | null> {
  const { deps, link, box } = round;
  if (!link.mail) return null;
  const now = deps.clock.now();
  // After a time in which mails were only sent, each is looked for.
  const isWhole = round.isStartUp || box.parked === 'mailbox-refused' || box.mailLookedAt === null || now - box.mailLookedAt >= deps.times.sweepMs;
  try {
    const look = await lookAtMail(deps, link.mail.store, link.mail.mailbox, box, ownPairs(round), isWhole);
    const missing = look.changed.filter(({ id, mail }) => mail === 'missing' && round.pairs.get(id)?.mail !== 'missing');
    const isNews = look.changed.length > 0 || round.box.parked !== null;
    const fields = { mailbox: link.mail.mailbox, cursor: look.cursor, parked: null, ...(look.wasWhole ? { mailLookedAt: now } : {}) };
    if (look.wasWhole || look.cursor !== box.cursor) saveLater(round, fields);
    if (isNews) await deps.effect('mail.look.write', () => save(round, look.changed, missing.map(({ id }) => line(round, id, 'parked', 'mail missing')), fields));
    again(round, look.doubtUntil);
    return look;
  } catch (error) {
    const theirs = failed(round, error);
    round.isMailOff = true;
    if (!theirs.passing) await parkBox(round, theirs.fault === 'gone' ? 'mailbox-gone' : 'mailbox-refused');
    if (isRefused(theirs) && link.notifier !== null) Object.assign(round, { isSendOnly: true, isMailOff: false });
    return null;
  }
}

/** The mailbox was moved, or is not ours to read: the voicemail stays as it is, and it is tried again. */
export async function parkBox(round: RoundState, why: 'mailbox-gone' | 'mailbox-refused'): Promise<void> {
  round.isMailOff = true;
  again(round, round.deps.clock.now() + round.deps.times.fullMs);
  if (round.box.parked !== why) await save(round, [], [], { parked: why });
}
