import type { Queries } from '../../store/schema.ts';

/** Every query on exchange_link. Instants epoch ms, UTC. */

export interface LinkRow {
  account: string;
  address: string;
  name: string;
  codeHash: string | null;
  tries: number;
  codes: number;
  firstAt: number;
  askedAt: number;
  endsAt: number;
}

/** The row, locked until the transaction ends; null when the account has not asked. */
export async function findLink(tx: Queries, tenantId: string, account: string): Promise<LinkRow | null> {
  const row = await tx.selectFrom('exchange_link').selectAll().where('tenant_id', '=', tenantId).where('account', '=', account).forUpdate().executeTakeFirst();
  return row ? read(row) : null;
}

/** Those that wait, the oldest first. */
export async function waitingLinks(db: Queries, tenantId: string): Promise<LinkRow[]> {
  const rows = await db.selectFrom('exchange_link').selectAll().where('tenant_id', '=', tenantId).orderBy('first_at').execute();
  return rows.map(read);
}

export async function saveLink(tx: Queries, tenantId: string, row: LinkRow): Promise<void> {
  const values = {
    address: row.address, name: row.name, code_hash: row.codeHash, tries: row.tries, codes: row.codes,
    first_at: new Date(row.firstAt), asked_at: new Date(row.askedAt), ends_at: new Date(row.endsAt),
  };
  await tx.insertInto('exchange_link').values({ tenant_id: tenantId, account: row.account, ...values }).onConflict((conflict) => conflict.columns(['tenant_id', 'account']).doUpdateSet(values)).execute();
}

export async function removeLink(tx: Queries, tenantId: string, account: string): Promise<void> {
  await tx.deleteFrom('exchange_link').where('tenant_id', '=', tenantId).where('account', '=', account).execute();
}

/** Those that have not asked since. */
export async function removeLinksBefore(tx: Queries, tenantId: string, instant: number): Promise<void> {
  await tx.deleteFrom('exchange_link').where('tenant_id', '=', tenantId).where('asked_at', '<', new Date(instant)).execute();
}

function read(row: { account: string; address: string; name: string; code_hash: string | null; tries: number; codes: number; first_at: Date; asked_at: Date; ends_at: Date }): LinkRow {
  return {
    account: row.account, address: row.address, name: row.name, codeHash: row.code_hash, tries: row.tries, codes: row.codes,
    firstAt: row.first_at.getTime(), askedAt: row.asked_at.getTime(), endsAt: row.ends_at.getTime(),
  };
}
