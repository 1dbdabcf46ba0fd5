import { withinBudget } from '../../../sync/pace.ts';
import { acknowledged } from '../round/begun.ts';
import { roundBudget } from '../deps.ts';
import { applyPlan, copySounds, sendMail } from '../round/do-jobs.ts';
import type { MailLook } from '../round/look-at-mail.ts';
import type { VoicemailLook } from '../round/look-at-voicemail.ts';
import { isDeleted, isOnlySent, type Pair } from './pair.ts';
import { plan, type Plan } from './plan.ts';
import { again, binned, ownPairs, save, type RoundState } from '../round/round-state.ts';
import { isAble } from '../round/steps.ts';

/** Most urgent first: what a person just did, then the mail about a new message, then its copy, then what is thrown away, then what is old. */
const ranks = { marks: 0, newMail: 1, newSound: 2, deletions: 3, oldMail: 4, oldSound: 5 } as const;

/** Sounds that are copied right after one another are written together. */
type Job = { rank: number } & ({ run: () => Promise<void> } | { soundOf: string });

/** Decides about every pair and does what fits into the round. */
export async function settleAll(round: RoundState, voicemail: VoicemailLook | null, mail: MailLook | null): Promise<void> {
  const jobs: Job[] = [];
  const quiet: Pair[] = [];
  let deletions = 0;
  for (const before of ownPairs(round)) {
    const side = voicemail?.sides.get(before.id) ?? null;
    const pair = withOwnDeeds(side === null ? before : { ...before, voicemail: side }, side, mail);
    round.pairs.set(pair.id, pair);
    if (pair.state === 'waiting') {
      if (side !== null) jobs.push(ranked(round, pair, pair.voicemail === 'unheard' ? 'newMail' : 'oldMail', () => sendMail(round, pair.id)));
      continue;
    }
    const decided = decide(round, pair, voicemail, mail);
    if (decided.steps.includes('delete voicemail') && pair.wish !== 'delete') deletions += 1;
    const deletes = decided.steps.some((step) => step.startsWith('delete'));
    if (decided.steps.length > 0 || decided.kept !== null) jobs.push(ranked(round, pair, deletes ? 'deletions' : 'marks', () => applyPlan(round, pair.id, decided)));
    else if (decided.settled !== null && isNews(before, pair, decided)) quiet.push({ ...pair, settled: decided.settled, wish: null, begun: null, ...binned(round, pair) });
    if (wantsSound(round, pair)) jobs.push(ranked(round, pair, pair.voicemail === 'unheard' ? 'newSound' : 'oldSound', pair.id));
  }
  if (quiet.length > 0) await round.deps.effect('settled.write', () => save(round, quiet, []));
  if (deletions > round.link.policy.mostAtOnce && !isReleased(round)) return holdDeletions(round, deletions);
  if (deletions === 0 && round.box.brake === 'too-many-mails') await save(round, [], [], { brake: null, brakeSince: null });
  const { now, later } = withinBudget(jobs, ({ rank }) => rank, roundBudget);
  await doAll(round, now);
  if (later > 0) again(round, round.deps.clock.now());
}

/** Newest first within a rank. */
function ranked({ deps }: RoundState, pair: Pair, kind: keyof typeof ranks, does: string | (() => Promise<void>)): Job {
  const age = Math.max(0, deps.clock.now() - pair.leftAt);
  const rank = ranks[kind] + age / (age + 86_400_000);
  return typeof does === 'string' ? { rank, soundOf: does } : { rank, run: does };
}

/** In this order. */
async function doAll(round: RoundState, jobs: readonly Job[]): Promise<void> {
  let sounds: string[] = [];
  for (const job of jobs) {
    if ('soundOf' in job) {
      sounds.push(job.soundOf);
      continue;
    }
    await copySounds(round, sounds);
    sounds = [];
    await job.run();
  }
  await copySounds(round, sounds);
}

/** What we did and did not live to write down, as far as both sides can be seen. */
function withOwnDeeds(pair: Pair, voicemail: Pair['voicemail'] | null, look: MailLook | null): Pair {
  if (voicemail === null || ((look === null || look.doubted.has(pair.id)) && pair.state === 'paired' && !isOnlySent(pair))) return pair;
  return acknowledged(pair, { voicemail, mail: pair.mail === null || pair.mail === 'missing' ? null : { isRead: pair.mail.isRead, isTrash: pair.mail.place === 'trash' } });
}

function decide({ link, isStartUp }: RoundState, pair: Pair, voicemail: VoicemailLook | null, mail: MailLook | null): Plan {
  const { capabilities } = link.voicemail;
  return plan({
    voicemail: voicemail?.sides.get(pair.id) ?? null,
    mail: pair.state === 'listed' ? 'none' : isOnlySent(pair) ? 'missing' : mail === null || mail.doubted.has(pair.id) ? null : pair.mail,
    settled: pair.settled, wish: pair.wish, isStartUp, policy: link.policy,
    canUndo: capabilities.trash || pair.hasAudio || (capabilities.audio && pair.trouble !== 'no-sound'),
    isAble: (step) => isAble(step, link.voicemail, link.mail?.store ?? null),
  });
}

function wantsSound({ link }: RoundState, pair: Pair): boolean {
  return !pair.hasAudio && !isDeleted(pair.voicemail) && link.voicemail.capabilities.audio && pair.trouble !== 'no-sound';
}

function isNews(before: Pair, now: Pair, { settled }: Plan): boolean {
  const was = before.settled;
  const isSame = settled !== null && was !== null && was.voicemail === settled.voicemail && was.isRead === settled.isRead && was.isTrash === settled.isTrash;
  return !isSame || before.voicemail !== now.voicemail || before.wish !== null || before.begun !== null || isDeleted(now.voicemail) !== (before.binnedAt !== null);
}

function isReleased({ box }: RoundState): boolean {
  return box.brakeReleasedAt !== null && box.brakeSince !== null && box.brakeReleasedAt >= box.brakeSince;
}

/** A mailbox rule, a lost phone or a mistake: so many at once are not deleted on the phone before somebody says so. Nothing else is done either, for it may be one mistake. */
async function holdDeletions(round: RoundState, count: number): Promise<void> {
  const { deps, box } = round;
  if (box.brake === null) deps.log.error({ instance: box.instance, box: box.box, count }, 'many mails were thrown away at once: no voicemail is deleted until somebody looks');
  await save(round, [], [], { brake: 'too-many-mails', brakeSince: box.brakeSince ?? deps.clock.now() });
  again(round, deps.clock.now() + deps.times.brakeMs);
}
