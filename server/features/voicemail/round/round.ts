import type { TheirError } from '../../../domain/errors.ts';
import { emptyBin } from '../bin.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { BoxState } from '../journal.ts';
import { settleAll } from '../rules/jobs.ts';
import { keepLamp } from './lamp.ts';
import type { VoicemailLook } from './look-at-voicemail.ts';
import { freshLookAt } from './nets.ts';
import type { Pair } from '../rules/pair.ts';
import { rescue } from './rescue.ts';
import { again, failed, newRound, ownPairs, save, type Link, type RoundState } from './round-state.ts';
import { seeMail, seeVoicemail } from './take-looks.ts';

export type { Link } from './round-state.ts';

/** What one round came to. */
export interface RoundResult {
  /** When to look again at the latest, epoch ms; null: when something happens. */
  againAt: number | null;
  /** What stood in the way and passes: the round is to be tried again. */
  failure: TheirError | null;
  /** Effects on either side. */
  effects: number;
  /** Every pair was seen on both sides. Until then the next round is a start-up as well. */
  sawAll: boolean;
  /** When its mails are looked at although their mailbox tells of changes, epoch ms; Infinity when nobody waits for any. */
  freshAt: number;
  /** The mailbox is closed to us or gone; the round has said when to look again. */
  isParked: boolean;
  /** The box as it was saved last, or as it will be saved with the next news. */
  box: BoxState;
}

const day = 24 * 60 * 60_000;

/**
 * One round over one box: look at both sides, decide for each pair, do the most urgent within the budget. Looks at the present only, so a round too many does
 * nothing. Whoever calls holds the owner's lease. Throws Overtaken when they have lost it.
 */
export async function syncBox(deps: VoicemailDeps, link: Link, start: { state: BoxState; pairs: readonly Pair[] }, isStartUp: boolean): Promise<RoundResult> {
  const round = newRound(deps, link, start, isStartUp);
  const voicemail = await seeVoicemail(round);
  const mail = await seeMail(round);
  await settleAll(round, voicemail, mail);
  if (round.written.size > 0 && voicemail) await unlessFailed(round, () => compareAfter(round, voicemail));
  if (!round.isVoicemailOff) await unlessFailed(round, async () => void (await keepLamp(deps, link.voicemail, round.box.box)));
  await unlessFailed(round, () => empty(round));
  if (round.isBoxUnsaved) await deps.effect('mail.look.write', () => save(round, [], []));
  noteLag(round);
  const sawAll = voicemail !== null && voicemail.brake === null && (link.mail === null || (mail !== null && mail.doubted.size === 0));
  return { againAt: round.againAt, failure: round.failure, effects: round.effects, sawAll, freshAt: freshLookAt(ownPairs(round), deps.clock.now()), isParked: round.box.parked !== null, box: round.box };
}

async function unlessFailed(round: RoundState, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    failed(round, error);
  }
}

/** After writes the whole set of ids is compared with the one before: what is missing and was not meant is a loss, and is made good. */
async function compareAfter(round: RoundState, before: VoicemailLook): Promise<void> {
  const known = ownPairs(round).filter(({ id }) => before.sides.get(id) !== null);
  const { pairs, lines } = await rescue(round.deps, round.link.voicemail, round.box.box, known, round.written);
  if (lines.length > 0) await save(round, pairs, lines);
}

async function empty(round: RoundState): Promise<void> {
  const { deps, link } = round;
  await emptyBin(deps, link.voicemail, ownPairs(round), link.policy.undoDays, async (pair) => {
    round.box = { ...round.box, version: await deps.journal.end(round.box, pair.id) };
    round.pairs.delete(pair.id);
  });
  const ends = ownPairs(round).flatMap(({ binnedAt }) => (binnedAt === null ? [] : [binnedAt + link.policy.undoDays * day]));
  if (ends.length > 0) again(round, Math.max(Math.min(...ends), deps.clock.now() + deps.times.brakeMs));
}

/** For the metrics: who waits for whom. */
function noteLag({ deps, link, box, failure, pairs }: RoundState): void {
  const key = `${box.instance}/${box.box}`;
  const mail = link.mail?.store.instance ?? link.notifier?.port.instance;
  const waitsFor = failure?.connector ?? ([...pairs.values()].some(({ state }) => state === 'waiting') ? (mail ?? null) : null);
  for (const connector of [box.instance, mail]) if (connector !== undefined && connector !== waitsFor) deps.lag.settled(connector, key);
  if (waitsFor !== null) deps.lag.waits(waitsFor, key, deps.clock.now());
}
