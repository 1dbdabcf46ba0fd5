import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Queries } from '../../../store/schema.ts';
import type { KnockTables } from '../../../store/tables/knock.ts';

/** Every query on `conference_knock`. Instants epoch ms. Names and numbers come from strangers. */

export interface Knock {
  id: string;
  instance: string;
  name: string;
  number: string;
  state: 'waiting' | 'let-in' | 'refused';
  askedAt: number;
}

/** Numbers of callers are nobody's business after a day. */
const keptMs = 24 * 60 * 60_000;

/** Who is not heard of for so long has hung up, or the process that spoke with them has ended. A bridge asks every two seconds. */
const lapseMs = 20_000;

/** The same call is the same row, in every process and after a restart. */
export function knockId(instance: string, callId: string): string {
  return createHash('sha256').update(`${instance}\n${callId}`).digest('base64url').slice(0, 22);
}

function fromRow(row: Selectable<KnockTables['conference_knock']>): Knock {
  return { id: row.id, instance: row.instance, name: row.name, number: row.number, state: row.state as Knock['state'], askedAt: row.asked_at.getTime() };
}

/** Writes that this caller waits, or still does. True when it is news. Forgets what is old. */
export async function putKnock(tx: Queries, tenantId: string, conferenceId: string, knock: Pick<Knock, 'id' | 'instance' | 'name' | 'number'>, now: number): Promise<{ knock: Knock; isNew: boolean }> {
  const at = new Date(now);
  const inserted = await tx
    .insertInto('conference_knock')
    .values({ tenant_id: tenantId, conference_id: conferenceId, ...knock, state: 'waiting', asked_at: at, heard_at: at, decided_by: null, decided_at: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'id']).doNothing())
    .executeTakeFirst();
  const isNew = (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
  if (isNew) await tx.deleteFrom('conference_knock').where('tenant_id', '=', tenantId).where('heard_at', '<', new Date(now - keptMs)).execute();
  const row = await tx
    .updateTable('conference_knock').set({ heard_at: at })
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('id', '=', knock.id).returningAll().executeTakeFirstOrThrow();
  return { knock: fromRow(row), isNew };
}

/** Who waits at this moment, the first in front. */
export async function knocksAt(db: Queries, tenantId: string, conferenceId: string, now: number): Promise<Knock[]> {
  const rows = await db
    .selectFrom('conference_knock').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('state', '=', 'waiting').where('heard_at', '>', new Date(now - lapseMs))
    .orderBy('asked_at').orderBy('id').execute();
  return rows.map(fromRow);
}

/** Lets in or sends away, only whoever still waits: false when there is no such caller. */
export async function decideKnock(tx: Queries, tenantId: string, conferenceId: string, id: string, letIn: boolean, by: string, now: number): Promise<boolean> {
  const decided = await tx
    .updateTable('conference_knock').set({ state: letIn ? 'let-in' : 'refused', decided_by: by, decided_at: new Date(now) })
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('id', '=', id).where('state', '=', 'waiting').where('heard_at', '>', new Date(now - lapseMs))
    .executeTakeFirst();
  return decided.numUpdatedRows > 0n;
}

/** Has somebody who calls from this number been sent away from this conference since `since`? */
export async function wasSentAway(db: Queries, tenantId: string, conferenceId: string, number: string, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('conference_knock').select('id')
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('number', '=', number).where('state', '=', 'refused').where('decided_at', '>', new Date(since))
    .limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Not there any more. Who was sent away is remembered, whoever hung up is not. */
export async function dropKnock(tx: Queries, tenantId: string, conferenceId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('conference_knock')
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('id', '=', id).where('state', '<>', 'refused').executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
