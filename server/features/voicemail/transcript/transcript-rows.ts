import type { TranscriptView } from '../../../../contract/voicemail/transcript.ts';
import type { Transcript, TranscriptPiece } from '../../../ports/transcriber.ts';
import type { Queries } from '../../../store/schema.ts';

/** Queries on transcripts. Instants epoch ms, UTC. */

export type TranscriptProblem = NonNullable<TranscriptView['problem']>;

export interface StoredTranscript extends Transcript {
  state: 'done' | 'failed';
  problem: TranscriptProblem | null;
}

export async function findTranscript(db: Queries, tenantId: string, pairId: string): Promise<StoredTranscript | null> {
  const row = await db.selectFrom('voicemail_transcript').select(['state', 'language', 'pieces', 'problem']).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).executeTakeFirst();
  return row ? { state: row.state as StoredTranscript['state'], language: row.language, pieces: row.pieces as TranscriptPiece[], problem: row.problem as TranscriptProblem | null } : null;
}

/** Writes it, unless the message is gone by now. */
export async function putTranscript(tx: Queries, tenantId: string, pairId: string, { state, language, pieces, problem }: StoredTranscript, now: number): Promise<void> {
  const isThere = await tx.selectFrom('voicemail_pair').select('id').where('tenant_id', '=', tenantId).where('id', '=', pairId).forUpdate().executeTakeFirst();
  if (!isThere) return;
  const said = { state, language, pieces: JSON.stringify(pieces), problem, at: new Date(now) };
  await tx.insertInto('voicemail_transcript').values({ tenant_id: tenantId, pair_id: pairId, ...said }).onConflict((known) => known.columns(['tenant_id', 'pair_id']).doUpdateSet(said)).execute();
}
