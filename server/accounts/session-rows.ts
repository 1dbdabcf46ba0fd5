import type { Queries } from '../store/schema.ts';

/** Every query on `web_session`. Instants epoch ms, UTC. */

export interface SessionRow {
  tenantId: string;
  idHash: string;
  personId: string;
  name: string;
  address: string;
  roles: string[];
  provider: string;
  createdAt: number;
  seenAt: number;
  endsAt: number;
}

export async function insertSession(db: Queries, row: SessionRow): Promise<void> {
  await db
    .insertInto('web_session')
    .values({
      tenant_id: row.tenantId, id_hash: row.idHash, person_id: row.personId, name: row.name, address: row.address, roles: JSON.stringify(row.roles),
      provider: row.provider, created_at: new Date(row.createdAt), seen_at: new Date(row.seenAt), ends_at: new Date(row.endsAt),
    })
    .execute();
}

/** Over all tenants: the digest of 256 random bits is all that a browser shows. */
export async function findSession(db: Queries, idHash: string): Promise<SessionRow | null> {
  const row = await db.selectFrom('web_session').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
  if (!row) return null;
  return {
    tenantId: row.tenant_id, idHash: row.id_hash, personId: row.person_id, name: row.name, address: row.address, roles: row.roles, provider: row.provider,
    createdAt: row.created_at.getTime(), seenAt: row.seen_at.getTime(), endsAt: row.ends_at.getTime(),
  };
}

export async function touchSession(db: Queries, tenantId: string, idHash: string, now: number): Promise<void> {
  await db.updateTable('web_session').set({ seen_at: new Date(now) }).where('tenant_id', '=', tenantId).where('id_hash', '=', idHash).execute();
}

export async function deleteSession(db: Queries, idHash: string): Promise<void> {
  await db.deleteFrom('web_session').where('id_hash', '=', idHash).execute();
}

/** Those that are over, or were not used since `idleSince`. */
export async function deleteEnded(db: Queries, now: number, idleSince: number): Promise<void> {
  await db
    .deleteFrom('web_session')
    .where((each) => each.or([each('ends_at', '<=', new Date(now)), each('seen_at', '<=', new Date(idleSince))]))
    .execute();
}
