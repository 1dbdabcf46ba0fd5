import type { Queries } from '../../../store/schema.ts';
import type { Comparison } from './compare.ts';
import type { Proposed } from './deps.ts';

/** Queries on replays. Instants epoch ms, UTC. */

export interface Replay {
  id: string;
  proposed: Proposed;
  from: number;
  to: number;
  madeAt: number;
}

/** False when it is there already: the same id is the same replay. */
export async function insertReplay(tx: Queries, tenantId: string, { id, proposed, from, to, madeAt }: Replay, people: readonly string[]): Promise<boolean> {
  const made = await tx
    .insertInto('availability_replay')
    .values({ tenant_id: tenantId, replay_id: id, proposed: JSON.stringify(proposed), from_at: new Date(from), to_at: new Date(to), made_at: new Date(madeAt) })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  if ((made.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  const atOnce = 5_000;
  for (let first = 0; first < people.length; first += atOnce) {
    await tx
      .insertInto('availability_replay_person')
      .values(people.slice(first, first + atOnce).map((personId) => ({ tenant_id: tenantId, replay_id: id, person_id: personId, outcome: 'due' as const, changed_minutes: 0, result: null })))
      .execute();
  }
  return true;
}

export async function findReplay(db: Queries, tenantId: string, id: string): Promise<Replay | null> {
  const row = await db.selectFrom('availability_replay').selectAll().where('tenant_id', '=', tenantId).where('replay_id', '=', id).executeTakeFirst();
  return row ? { id, proposed: row.proposed as unknown as Proposed, from: row.from_at.getTime(), to: row.to_at.getTime(), madeAt: row.made_at.getTime() } : null;
}

export async function duePeople(db: Queries, tenantId: string, id: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('availability_replay_person').select('person_id')
    .where('tenant_id', '=', tenantId).where('replay_id', '=', id).where('outcome', '=', 'due').orderBy('person_id').limit(limit).execute();
  return rows.map((row) => row.person_id);
}

export async function putReplayed(db: Queries, tenantId: string, id: string, personId: string, outcome: 'replayed' | 'unread' | 'no-mailbox', result: Comparison | null): Promise<void> {
  await db
    .updateTable('availability_replay_person')
    .set({ outcome, changed_minutes: result?.changedMinutes ?? 0, result: result && JSON.stringify(result) })
    .where('tenant_id', '=', tenantId).where('replay_id', '=', id).where('person_id', '=', personId).execute();
}

/** Of one person. */
export interface Replayed {
  personId: string;
  name: string;
  outcome: 'due' | 'replayed' | 'unread' | 'no-mailbox';
  result: Comparison | null;
}

/** Everybody, those with most changes first. */
export async function replayedPeople(db: Queries, tenantId: string, id: string): Promise<Replayed[]> {
  const rows = await db
    .selectFrom('availability_replay_person as replayed')
    .innerJoin('person', (join) => join.onRef('person.tenant_id', '=', 'replayed.tenant_id').onRef('person.person_id', '=', 'replayed.person_id'))
    .select(['replayed.person_id', 'person.name', 'replayed.outcome', 'replayed.result'])
    .where('replayed.tenant_id', '=', tenantId).where('replayed.replay_id', '=', id).orderBy('replayed.changed_minutes', 'desc').orderBy('person.name').execute();
  return rows.map((row) => ({ personId: row.person_id, name: row.name, outcome: row.outcome, result: row.result as unknown as Comparison | null }));
}

export async function dropReplaysBefore(db: Queries, tenantId: string, instant: number): Promise<void> {
  await db.deleteFrom('availability_replay').where('tenant_id', '=', tenantId).where('made_at', '<', new Date(instant)).execute();
}
