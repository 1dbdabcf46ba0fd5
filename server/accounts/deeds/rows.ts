import type { Queries } from '../../store/schema.ts';

/** Queries on `admin_deed`. Instants epoch ms, UTC. */

export interface NewDeed {
  at: number;
  by: { personId: string | null; name: string };
  kind: 'change' | 'look';
  what: string;
  aboutPerson: string | null;
  details: Record<string, unknown>;
  outcome: 'begun' | 'done';
}

export interface Deed extends Omit<NewDeed, 'by' | 'aboutPerson' | 'outcome'> {
  seq: number;
  by: string;
  /** The person's name today; null for nobody, and for somebody who is forgotten. */
  about: string | null;
  outcome: 'begun' | 'done' | 'refused';
}

export async function insertDeed(db: Queries, tenantId: string, { at, by, kind, what, aboutPerson, details, outcome }: NewDeed): Promise<string> {
  const { seq } = await db
    .insertInto('admin_deed')
    .values({ tenant_id: tenantId, at: new Date(at), by_person: by.personId, by_name: by.name, kind, what, about_person: aboutPerson, details: JSON.stringify(details), outcome })
    .returning('seq').executeTakeFirstOrThrow();
  return seq;
}

export async function endDeed(db: Queries, tenantId: string, seq: string, outcome: 'done' | 'refused'): Promise<void> {
  await db.updateTable('admin_deed').set({ outcome }).where('tenant_id', '=', tenantId).where('seq', '=', seq).execute();
}

/** The newest first. */
export async function deedsBefore(db: Queries, tenantId: string, before: number | null, limit: number): Promise<Deed[]> {
  const rows = await db
    .selectFrom('admin_deed')
    .leftJoin('person', (join) => join.onRef('person.tenant_id', '=', 'admin_deed.tenant_id').onRef('person.person_id', '=', 'admin_deed.about_person'))
    .selectAll('admin_deed').select('person.name as about')
    .where('admin_deed.tenant_id', '=', tenantId)
    .$if(before !== null, (query) => query.where('admin_deed.seq', '<', String(before)))
    .orderBy('admin_deed.seq', 'desc').limit(limit).execute();
  return rows.map((row) => ({ seq: Number(row.seq), at: row.at.getTime(), by: row.by_name, kind: row.kind, what: row.what, about: row.about, details: row.details, outcome: row.outcome }));
}

export async function dropDeedsBefore(db: Queries, tenantId: string, instant: number): Promise<void> {
  await db.deleteFrom('admin_deed').where('tenant_id', '=', tenantId).where('at', '<', new Date(instant)).execute();
}
