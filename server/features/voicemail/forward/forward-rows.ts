import type { Selectable } from 'kysely';
import type { VoicemailForwardView } from '../../../../contract/voicemail/voicemail.ts';
import type { Queries } from '../../../store/schema.ts';
import type { VoicemailForwardRow } from '../../../store/tables/voicemail.ts';

/** Queries on what was asked to be forwarded. Instants epoch ms. */

export type ForwardState = VoicemailForwardView['state'];
export type ForwardProblem = NonNullable<VoicemailForwardView['problem']>;

export interface Forward {
  tenantId: string;
  pairId: string;
  /** Made by the asker: the same id forwards once. */
  id: string;
  askedBy: string;
  askedAt: number;
  targetBox: string;
  /** The colleague's name, as they are known here. */
  targetName: string;
  state: ForwardState;
  problem: ForwardProblem | null;
  /** Copies of the message in the target when it was begun: by them a lost answer is told from a lost deed. */
  copiesBefore: number | null;
}

function fromRow(row: Selectable<VoicemailForwardRow>): Forward {
  return {
    tenantId: row.tenant_id, pairId: row.pair_id, id: row.id, askedBy: row.asked_by, askedAt: row.asked_at.getTime(), targetBox: row.target_box, targetName: row.target_name,
    state: row.state as ForwardState, problem: row.problem as ForwardProblem | null, copiesBefore: row.copies_before,
  };
}

/** Writes it; false when the id was used before. */
export async function insertForward(tx: Queries, forward: Forward): Promise<boolean> {
  const inserted = await tx.insertInto('voicemail_forward')
    .values({
      tenant_id: forward.tenantId, pair_id: forward.pairId, id: forward.id, asked_by: forward.askedBy, asked_at: new Date(forward.askedAt), target_box: forward.targetBox,
      target_name: forward.targetName, state: forward.state, problem: forward.problem, copies_before: forward.copiesBefore,
    })
    .onConflict((known) => known.columns(['tenant_id', 'pair_id', 'id']).doNothing()).executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findForward(db: Queries, tenantId: string, pairId: string, id: string): Promise<Forward | null> {
  const row = await db.selectFrom('voicemail_forward').selectAll().where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Of one voicemail, the newest first. */
export async function forwardsOf(db: Queries, tenantId: string, pairId: string): Promise<Forward[]> {
  const rows = await db.selectFrom('voicemail_forward').selectAll().where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).orderBy('asked_at', 'desc').orderBy('id').limit(50).execute();
  return rows.map(fromRow);
}

export async function countForwards(db: Queries, tenantId: string, askedBy: string, since: number): Promise<number> {
  const row = await db.selectFrom('voicemail_forward').select((each) => each.fn.countAll<string>().as('count'))
    .where('tenant_id', '=', tenantId).where('asked_by', '=', askedBy).where('asked_at', '>', new Date(since)).executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Moves it on, only from a state that is expected: false when it stands elsewhere by now. */
export async function moveForward(
  tx: Queries, { tenantId, pairId, id }: Forward, from: readonly ForwardState[], to: ForwardState, more: { problem?: ForwardProblem; copiesBefore?: number } = {},
): Promise<boolean> {
  const moved = await tx.updateTable('voicemail_forward')
    .set({ state: to, problem: more.problem ?? null, ...(more.copiesBefore === undefined ? {} : { copies_before: more.copiesBefore }) })
    .where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).where('id', '=', id).where('state', 'in', from).executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

/** Somebody's box on a phone system: the first, when they have several. */
export async function boxOfPerson(db: Queries, tenantId: string, instance: string, personId: string): Promise<string | null> {
  const row = await db.selectFrom('voicemail_box').select('box').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('person_id', '=', personId).orderBy('box').limit(1).executeTakeFirst();
  return row?.box ?? null;
}

export async function findPairOfForward(db: Queries, tenantId: string, pairId: string): Promise<{ personId: string; instance: string; box: string; voicemailId: string } | null> {
  const row = await db.selectFrom('voicemail_pair').select(['person_id', 'instance', 'box', 'voicemail_id']).where('tenant_id', '=', tenantId).where('id', '=', pairId).executeTakeFirst();
  return row ? { personId: row.person_id, instance: row.instance, box: row.box, voicemailId: row.voicemail_id } : null;
}
