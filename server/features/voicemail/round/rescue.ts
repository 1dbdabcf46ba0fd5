import type { VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import { listingOf } from './discover.ts';
import type { TrailLine } from '../journal.ts';
import { isDeleted, mergeCopies, type Pair } from '../rules/pair.ts';

/**
 * Looks at the whole box after our writes. A message that was there before, is not now, and was not meant is lost by the phone system: it is taken back
 * from its trash where it has one, else its mail and our copy stay. Such a loss never counts as a deletion. Throws TheirError.
 */
export async function rescue(deps: VoicemailDeps, store: VoicemailStore, box: string, pairs: readonly Pair[], targeted: ReadonlySet<string>): Promise<{ pairs: Pair[]; lines: TrailLine[] }> {
  const listing = listingOf(await store.messages(box));
  const lost: Pair[] = [];
  const lines: TrailLine[] = [];
  for (const pair of pairs) {
    const side = mergeCopies((listing.get(pair.voicemailId) ?? []).map(({ state }) => state));
    if (isDeleted(pair.voicemail) || !isDeleted(side) || targeted.has(pair.voicemailId)) continue;
    deps.log.error({ instance: pair.instance, box, pair: pair.id }, 'a voicemail was lost while we wrote beside it: our copy and its mail are kept');
    lines.push({ pairId: pair.id, at: deps.clock.now(), what: 'rescued', because: 'lost by the phone system' });
    const isBack = side === 'deleted' && store.capabilities.trash;
    if (isBack) await deps.effect('voicemail.restore', () => store.restore(box, pair.voicemailId, pair.voicemail === 'heard' ? 'heard' : 'unheard'));
    // Settled as gone without a step: its mail stays where it is.
    else lost.push({ ...pair, voicemail: side, settled: pair.settled && { ...pair.settled, voicemail: side }, begun: null, trouble: 'lost', binnedAt: null });
  }
  return { pairs: lost, lines };
}
