import type { Queries } from '../../../store/schema.ts';

/** Queries on notices. Instants epoch ms, UTC. */

/** `waiting`: certainly not taken yet; `doubt`: it may have been taken, so it is not sent again. */
export type NoticeState = 'waiting' | 'sending' | 'sent' | 'doubt' | 'refused';

export interface Notice {
  address: string;
  state: NoticeState;
  at: number;
}

export async function findNotice(db: Queries, tenantId: string, pairId: string): Promise<Notice | null> {
  const row = await db.selectFrom('voicemail_notice').select(['address', 'state', 'at']).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).executeTakeFirst();
  return row ? { address: row.address, state: row.state as NoticeState, at: row.at.getTime() } : null;
}

/** Takes it to be sent; false when somebody has it, or it went already. */
export async function beginNotice(db: Queries, tenantId: string, pairId: string, address: string, now: number): Promise<boolean> {
  const begun = { address, state: 'sending', at: new Date(now) };
  const { numInsertedOrUpdatedRows } = await db.insertInto('voicemail_notice').values({ tenant_id: tenantId, pair_id: pairId, ...begun })
    .onConflict((known) => known.columns(['tenant_id', 'pair_id']).doUpdateSet(begun).where('voicemail_notice.state', '=', 'waiting')).executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function noteNotice(db: Queries, tenantId: string, pairId: string, state: NoticeState, now: number): Promise<void> {
  await db.updateTable('voicemail_notice').set({ state, at: new Date(now) }).where('tenant_id', '=', tenantId).where('pair_id', '=', pairId).where('state', '=', 'sending').execute();
}
