import { OurError, TheirError } from '../../../domain/errors.ts';
import type { MailNotifier } from '../../../ports/mail-notifier.ts';
import type { MailPerson } from '../../../ports/mail-sender.ts';
import type { MailHome, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import type { BoxState, SoundRow, TrailLine } from '../journal.ts';
import { isDeleted, type Pair } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';

/** One box, its owner, and where their mail goes. */
export interface Link {
  tenantId: string;
  personId: string;
  voicemail: VoicemailStore;
  /** Null: they have no mailbox; voicemail is listed, and heard by web and phone. */
  mail: { store: MailStore; mailbox: MailHome } | null;
  /** Sends where their mailbox cannot be written to. Null: nobody does, and what waits for its mail goes on waiting. */
  notifier: { port: MailNotifier; to: MailPerson } | null;
  policy: VoicemailPolicy;
  /** Deliveries whose end was not known, by pair, while this process has run. */
  lost?: Map<string, number>;
}

/** What one round knows and has done so far. */
export interface RoundState {
  readonly deps: VoicemailDeps;
  readonly link: Link;
  /** The first since the process began. */
  readonly isStartUp: boolean;
  box: BoxState;
  /** `box` says more than was saved: where we are, and nothing that anybody acts on. Goes with the next save, at the latest at the end of the round. */
  isBoxUnsaved: boolean;
  /** By id, of every owner that the box had. */
  readonly pairs: Map<string, Pair>;
  /** When to look again at the latest, epoch ms; null: when something happens. */
  againAt: number | null;
  /** The first thing that stood in the way and passes. */
  failure: TheirError | null;
  /** Effects on either side. */
  effects: number;
  isVoicemailOff: boolean;
  isMailOff: boolean;
  /** The mailbox cannot be looked into by us at all: new mails are sent, and that is all. */
  isSendOnly: boolean;
  /** Voicemail ids that we wrote to. */
  readonly written: Set<string>;
}

export function newRound(deps: VoicemailDeps, link: Link, start: { state: BoxState; pairs: readonly Pair[] }, isStartUp: boolean): RoundState {
  return {
    deps, link, isStartUp, box: start.state, isBoxUnsaved: false, pairs: new Map(start.pairs.map((pair) => [pair.id, pair])), againAt: null, failure: null, effects: 0, isVoicemailOff: false, isMailOff: false, isSendOnly: link.mail === null && link.notifier !== null, written: new Set(),
  };
}

/** This owner's pairs. A former owner's are never touched and never shown. */
export function ownPairs({ pairs, link }: RoundState): Pair[] {
  return [...pairs.values()].filter(({ personId }) => personId === link.personId);
}

export function pairOf({ pairs }: RoundState, id: string): Pair {
  const pair = pairs.get(id);
  if (!pair) throw new OurError('a pair that was not loaded');
  return pair;
}

/** Looks again at this instant at the latest, epoch ms. */
export function again(round: RoundState, at: number | null): void {
  if (at !== null) round.againAt = Math.min(round.againAt ?? Infinity, at);
}

/** Notes a failure of theirs; anything else is not ours to catch, and is thrown on. */
export function failed(round: RoundState, error: unknown): TheirError {
  if (!(error instanceof TheirError)) throw error;
  if (error.passing && error.fault !== 'busy') round.failure ??= error;
  return error;
}

/** Writes down. Throws Overtaken. */
export async function save(round: RoundState, pairs: readonly Pair[], lines: readonly TrailLine[], fields: Partial<BoxState> = {}, sounds: readonly SoundRow[] = []): Promise<void> {
  const next = { ...round.box, ...fields };
  const version = await round.deps.journal.save(next, pairs, lines, sounds);
  round.box = { ...next, version };
  round.isBoxUnsaved = false;
  for (const pair of pairs) round.pairs.set(pair.id, pair);
}

/** Writes down where we are, with whatever is written next. */
export function saveLater(round: RoundState, fields: Partial<BoxState>): void {
  round.box = { ...round.box, ...fields };
  round.isBoxUnsaved = true;
}

export function line(round: RoundState, pairId: string, what: string, because: TrailLine['because']): TrailLine {
  return { pairId, at: round.deps.clock.now(), what, because };
}

/** The undo bin: since when and by whom, for one that lies in it. */
export function binned({ deps }: RoundState, pair: Pair): { binnedAt: number | null; removedByUs: boolean } {
  const isIn = isDeleted(pair.voicemail);
  return { binnedAt: isIn ? (pair.binnedAt ?? deps.clock.now()) : null, removedByUs: isIn && pair.removedByUs };
}
