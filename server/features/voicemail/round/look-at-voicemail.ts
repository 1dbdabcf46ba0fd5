import { TheirError } from '../../../domain/errors.ts';
import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import { brake, type BrakeReason, type Vanishing } from '../../../sync/brake.ts';
import type { VoicemailDeps } from '../deps.ts';
import { listingOf, type Listing } from './discover.ts';
import type { BoxState } from '../journal.ts';
import { isDeleted, mergeCopies, type Pair, type VoicemailSide } from '../rules/pair.ts';

/** What a look at a box showed. */
export interface VoicemailLook {
  listing: Listing;
  /** Each known pair's side; null while the brake holds for it. */
  sides: ReadonlyMap<string, VoicemailSide | null>;
  brake: BrakeReason | null;
}

/** Looks at a whole box. Throws TheirError: then nothing is known of it. */
export async function lookAtVoicemail(deps: VoicemailDeps, store: VoicemailStore, state: BoxState, pairs: readonly Pair[], mostAtOnce: number): Promise<VoicemailLook> {
  const listing = listingOf(await store.messages(state.box));
  const known = pairs.filter((pair) => !isDeleted(pair.voicemail));
  const vanished = known.filter(({ voicemailId }) => !listing.has(voicemailId));
  const held = vanished.length === 0 || isMeant(state, deps.clock.now()) ? null : brake({
    known: known.length, vanished: vanished.length, hasCause: hasCause(state), most: mostAtOnce,
    witness: vanished.length < known.length || listing.size > 0 ? 'seen' : await findWitness(deps, store, state),
  });
  const doubted = new Set(held === null ? [] : vanished.map(({ id }) => id));
  const sides = new Map(pairs.map(({ id, voicemailId }) => [id, doubted.has(id) ? null : mergeCopies((listing.get(voicemailId) ?? []).map((each) => each.state))]));
  return { listing, sides, brake: held };
}

/** Somebody had the box by phone since we last saw all of it. */
function hasCause({ phoneSeenAt, lookedAt }: BoxState): boolean {
  return phoneSeenAt !== null && (lookedAt === null || phoneSeenAt >= lookedAt);
}

/** Somebody looked at the brake and said that it is so. Counts for an hour. */
function isMeant({ brakeReleasedAt, brakeSince }: BoxState, now: number): boolean {
  return brakeReleasedAt !== null && brakeSince !== null && brakeReleasedAt >= brakeSince && now - brakeReleasedAt < 3_600_000;
}

/** Are messages of other boxes still there? Then the system has not lost its disk. */
async function findWitness(deps: VoicemailDeps, store: VoicemailStore, state: BoxState): Promise<Vanishing['witness']> {
  const witnesses = await deps.journal.witnesses(state.tenantId, state.instance, state.box, 3);
  for (const { box, voicemailId } of witnesses) {
    const messages = await store.messages(box).catch((error: unknown) => {
      // A box that was dropped is no witness.
      if (error instanceof TheirError && error.fault === 'gone') return [];
      throw error;
    });
    if (messages.some(({ id }) => id === voicemailId) || messages.length > 0) return 'seen';
  }
  return witnesses.length === 0 ? 'none-known' : 'not-seen';
}
