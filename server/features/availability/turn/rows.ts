import { sql } from 'kysely';
import type { Queries } from '../../../store/schema.ts';

/** Somebody whose prepared change was written. Instants epoch ms, UTC. */
export interface Turned {
  personId: string;
  /** What they are now is spoken to callers. */
  speaks: boolean;
  changesAt: number | null;
}

/** Writes what was prepared for this second, where it still holds (turn.ts), with its line of history, and returns whose it did. */
export async function putTurned(db: Queries, tenantId: string, personIds: readonly string[], now: number): Promise<Turned[]> {
  const at = new Date(now);
  const { rows } = await sql<{ person_id: string; speaks: boolean; changes_at: Date | null }>`
    with due as materialized (
      select w.key as person_id, (a->>'changes_at')::timestamptz as changes_at, (a->>'since')::timestamptz as since, (a->>'until')::timestamptz as until, nullif(a->'next_state', 'null') as next_state,
        a->>'availability' as availability, a->>'face' as face, a->>'title' as title, a->>'why_source' as why_source, a->>'why_rule' as why_rule, a->>'why_event' as why_event,
        (a->>'seen_at')::timestamptz as seen_at, nullif(a->'seen_manual', 'null') as seen_manual, (a->>'clears')::boolean as clears, (a->>'speaks')::boolean as speaks
      from work w cross join lateral (select w.payload->'ahead' as a) as ahead
      where w.tenant_id = ${tenantId} and w.kind = 'availability.person' and w.key = any(${[...personIds]}) and w.revision = w.claimed_revision and w.payload ? 'ahead'
        and (a->>'at')::timestamptz <= ${at} and (a->>'changes_at' is null or (a->>'changes_at')::timestamptz > ${at})
        and not exists (select from work r where r.tenant_id = ${tenantId} and r.kind = 'availability.round' and r.due_at <= ${at})
    ), turned as (
      update availability_person p set availability = due.availability, face = due.face, title = due.title, why_source = due.why_source, why_rule = due.why_rule, why_event = due.why_event,
        since = due.since, until = due.until, next_state = due.next_state, looked_at = ${at}, manual = case when due.clears then null else p.manual end
      from due where p.tenant_id = ${tenantId} and p.person_id = due.person_id and p.looked_at = due.seen_at and p.manual is not distinct from due.seen_manual
      returning p.person_id, p.availability, p.face, p.why_source, p.why_rule, p.why_event, due.speaks, due.changes_at
    ), noted as (
      insert into availability_history (tenant_id, person_id, at, availability, face, why_source, why_rule, why_event)
      select ${tenantId}, person_id, ${at}, availability, face, why_source, why_rule, why_event from turned
    )
    select person_id, speaks, changes_at from turned`.execute(db);
  return rows.map((row) => ({ personId: row.person_id, speaks: row.speaks, changesAt: row.changes_at?.getTime() ?? null }));
}
