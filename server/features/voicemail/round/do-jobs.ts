import type { TheirError } from '../../../domain/errors.ts';
import { progressed } from './begun.ts';
import { readSoundOf, soundRow, type WithSound } from './copy-sound.ts';
import { deliver, findDelivered, mayDeliverAt, type Keep } from './deliver.ts';
import type { TrailLine } from '../journal.ts';
import { isDeleted, type Pair } from '../rules/pair.ts';
import { sendOnly } from './send-only.ts';
import type { Plan } from '../rules/plan.ts';
import { again, binned, failed, line, pairOf, save, type RoundState } from './round-state.ts';
import { takeStep } from './steps.ts';
import { isOnVoicemail, type Step } from '../rules/tables.ts';
import { parkBox } from './take-looks.ts';
import { mainReason } from '../why.ts';

/** The jobs of a round. Each does what it can, writes it down, and leaves the rest to the next round. */

function keeper(round: RoundState): Keep {
  return async (pair, lines = [], sounds = []) => {
    await save(round, [pair], lines, {}, sounds);
    return pair;
  };
}

export async function applyPlan(round: RoundState, id: string, plan: Plan): Promise<void> {
  const { deps, link } = round;
  let pair = pairOf(round, id);
  let trouble: string | null = plan.kept;
  let { steps } = plan;
  const lines: TrailLine[] = [];
  const did: Step[] = [];
  const isOff = (step: Step): boolean => (isOnVoicemail(step) ? round.isVoicemailOff : round.isMailOff);
  const [first] = steps;
  if (first !== undefined && isOff(first)) return;
  try {
    if (steps.includes('delete voicemail')) {
      const copied = await readSoundOf(deps, link.voicemail, pair);
      if (copied.pair !== pair) await writeSounds(round, [copied]);
      pair = copied.pair;
      if (!link.voicemail.capabilities.trash && !pair.hasAudio) {
        trouble = 'kept-no-undo';
        steps = steps.filter((step) => step !== 'delete voicemail');
      }
    }
    if (steps.length > 0) {
      const meant = begin(pair, steps);
      pair = await deps.effect('steps.begin.write', () => keeper(round)(meant));
    }
    for (const step of steps) {
      if (isOff(step)) return await keepProgress(round, pair, did, lines);
      // What a step changed is known even when its end is lost: then it is read again.
      if (isOnVoicemail(step)) round.written.add(pair.voicemailId);
      pair = await takeStep(deps, { voicemail: link.voicemail, mail: link.mail?.store ?? null, folder: link.mail?.mailbox.folder ?? '' }, pair, step);
      did.push(step);
      round.effects += 1;
      lines.push(line(round, id, step, mainReason(plan.because)));
    }
  } catch (error) {
    const reason = failed(round, error);
    await keepProgress(round, pair, did, lines);
    return stepFailed(round, pairOf(round, id), reason);
  }
  if (trouble !== null) lines.push(line(round, id, 'kept', trouble as TrailLine['because']));
  const after = { ...pair, settled: plan.settled && { ...plan.settled, voicemail: pair.voicemail }, wish: null, begun: null, trouble, ...binned(round, pair) };
  await deps.effect('settled.write', () => save(round, [after], lines));
}

/** What is about to be done. That we throw it away is ours to purge, also when we do not live to see it done. */
function begin(pair: Pair, steps: readonly Step[]): Pair {
  const { mail, settled: from, voicemail, wish } = pair;
  const seen = mail === null || mail === 'missing' ? null : { isRead: mail.isRead, isTrash: mail.place === 'trash' };
  return { ...pair, begun: { from, voicemail, mail: seen, steps, wish }, removedByUs: pair.removedByUs || steps.includes('delete voicemail') };
}

/** Some steps were done and a later one could not be: what was done is settled, or the next round would take our own deed for a person's. */
async function keepProgress(round: RoundState, pair: Pair, did: readonly Step[], lines: readonly TrailLine[]): Promise<void> {
  if (did.length === 0 || pair.begun === null) return;
  const progress = progressed(pair, pair.begun, did);
  await round.deps.effect('settled.write', () => save(round, [progress], lines));
}

/** The mail about a new message; or none any more, when it was thrown away before. */
export async function sendMail(round: RoundState, id: string): Promise<void> {
  const { deps, link } = round;
  const pair = pairOf(round, id);
  const isOver = isDeleted(pair.voicemail);
  if (isOver && pair.deliveryBeganAt === null) return withoutMail(round, pair);
  if (round.isSendOnly && link.policy.mode !== 'off') return round.isMailOff ? copySounds(round, [id]) : sendBlindly(round, id);
  if (!link.mail || round.isMailOff || link.policy.mode === 'off') return isOver ? undefined : copySounds(round, [id]);
  const mayAt = mayDeliverAt(pair, link.mail.store);
  if (mayAt !== null && mayAt > deps.clock.now()) return again(round, mayAt);
  const stores = { voicemail: link.voicemail, mail: link.mail.store };
  try {
    const sent = isOver ? await findDelivered(deps, stores.mail, link.mail.mailbox, pair, keeper(round)) : await deliver(deps, stores, link.mail.mailbox, pair, link.policy, keeper(round), link.lost?.get(id));
    link.lost?.delete(id);
    if (sent === null) return await withoutMail(round, pair);
    round.effects += 1;
    // What the policy owes, and what changed since it was first tried, is the next round's.
    if (isOver || sent.wish !== null || !isAsSettled(sent)) again(round, deps.clock.now());
  } catch (error) {
    const theirs = failed(round, error);
    if (theirs.fault === 'no-answer' && theirs.connector === link.mail.store.instance) link.lost?.set(id, (link.lost.get(id) ?? 0) + 1);
    await deliveryFailed(round, pair, theirs);
  }
}

/** Where the mailbox is closed to us. */
async function sendBlindly(round: RoundState, id: string): Promise<void> {
  const { deps, link } = round;
  const pair = pairOf(round, id);
  // One that may have gone out before the message was thrown away: nobody can call it back.
  if (isDeleted(pair.voicemail)) return withoutMail(round, pair);
  if (link.notifier === null) return;
  try {
    const sent = await sendOnly(deps, link, link.notifier, pair, keeper(round));
    round.effects += 1;
    if (sent.wish !== null) again(round, deps.clock.now());
  } catch (error) {
    await deliveryFailed(round, pairOf(round, id), failed(round, error));
  }
}

function isAsSettled({ settled, voicemail, mail }: Pair): boolean {
  return settled !== null && mail !== null && mail !== 'missing' && settled.voicemail === voicemail && settled.isRead === mail.isRead && mail.place !== 'trash';
}

/** Thrown away before its mail was made: there is nothing to tell any more. It lies in the undo bin. */
async function withoutMail(round: RoundState, pair: Pair): Promise<void> {
  const settled = { voicemail: pair.voicemail, isRead: false, isTrash: false };
  await round.deps.effect('settled.write', () => save(round, [{ ...pair, state: 'listed', settled, wish: null, deliveryBeganAt: null, ...binned(round, pair) }], []));
}

async function deliveryFailed(round: RoundState, before: Pair, error: TheirError): Promise<void> {
  const now = round.deps.clock.now();
  const pair = pairOf(round, before.id);
  const isMails = error.connector === (round.isSendOnly ? round.link.notifier?.port.instance : round.link.mail?.store.instance);
  if (error.fault === 'full' && isMails) {
    await save(round, [{ ...pair, deliveryBeganAt: null, trouble: 'mailbox-full' }], before.trouble === 'mailbox-full' ? [] : [line(round, pair.id, 'waits', 'mailbox full')]);
    return again(round, now + round.deps.times.fullMs);
  }
  if (isMails && error.fault === 'gone' && !round.isSendOnly) return parkBox(round, 'mailbox-gone');
  await stepFailed(round, pair, error);
}

/** Bytes of sound that are held before they are written, and the most that one statement carries besides the last of them. */
const soundsAtOnce = 2_000_000;

/** Copies the sounds of these messages: read one after the other, written together. Where one cannot be had, the others are kept. */
export async function copySounds(round: RoundState, ids: readonly string[]): Promise<void> {
  let read: WithSound[] = [];
  for (const id of ids) {
    if (round.isVoicemailOff) break;
    const pair = pairOf(round, id);
    try {
      const copied = await readSoundOf(round.deps, round.link.voicemail, pair);
      if (copied.pair !== pair) read.push(copied);
    } catch (error) {
      const reason = failed(round, error);
      await writeSounds(round, read);
      read = [];
      await stepFailed(round, pair, reason);
    }
    if (read.reduce((sum, { sound }) => sum + (sound?.bytes.length ?? 0), 0) < soundsAtOnce) continue;
    await writeSounds(round, read);
    read = [];
  }
  await writeSounds(round, read);
}

async function writeSounds(round: RoundState, read: readonly WithSound[]): Promise<void> {
  if (read.length > 0) await round.deps.effect('audio.write', () => save(round, read.map(({ pair }) => pair), [], {}, read.flatMap(soundRow)));
}

/** What a failed step means for the rest of the round. */
async function stepFailed(round: RoundState, pair: Pair, error: TheirError): Promise<void> {
  const { deps } = round;
  const now = deps.clock.now();
  const isVoicemail = error.connector === round.link.voicemail.instance;
  if (error.fault === 'gone') {
    // It moved while we looked: look again. A mail is asked for by its Message-ID then.
    if (!isVoicemail && pair.missingSince === null) await save(round, [{ ...pair, missingSince: now }], []);
    return again(round, now + 1_000);
  }
  if (error.passing) {
    if (isVoicemail) round.isVoicemailOff = true;
    else round.isMailOff = true;
    if (error.fault !== 'busy') return;
    // Its owner is at the phone: what waits is done at hang-up.
    again(round, now + deps.times.takenMs);
    return save(round, [], [], { phoneSeenAt: now });
  }
  if (pair.trouble !== 'refused') await save(round, [{ ...pair, trouble: 'refused' }], [line(round, pair.id, 'parked', 'refused')]);
  again(round, now + deps.times.fullMs);
}
