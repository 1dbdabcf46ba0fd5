import type { VoicemailStore } from '../../ports/voicemail-store.ts';
import type { VoicemailDeps } from './deps.ts';
import type { Pair } from './rules/pair.ts';

const day = 24 * 60 * 60_000;

/**
 * What has lain in the undo bin for long enough goes for good: our copy and what we know of it, and in the phone system's trash what we put there. The mail
 * is its owner's. Throws TheirError.
 */
export async function emptyBin(deps: VoicemailDeps, store: VoicemailStore, pairs: readonly Pair[], undoDays: number, end: (pair: Pair) => Promise<void>): Promise<void> {
  const due = pairs.filter(({ binnedAt }) => binnedAt !== null && deps.clock.now() >= binnedAt + undoDays * day);
  for (const pair of due) {
    if (pair.voicemail === 'deleted' && pair.removedByUs && store.capabilities.trash) await deps.effect('bin.purge', () => store.purge(pair.box, pair.voicemailId));
    await deps.effect('bin.write', () => end(pair));
  }
}
