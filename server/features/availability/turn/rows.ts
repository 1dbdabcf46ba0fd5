import { sql } from 'kysely';
import type { Queries } from '../../../store/schema.ts';

/** Somebody whose prepared change was written. */
export interface Turned {
  tenantId: string;
  personId: string;
  /** What they are now is spoken to callers. */
  speaks: boolean;
  /** When it was due, epoch ms, UTC. */
  dueAt: number;
}

/** Whether `putTurned` may find something: a look costs no transaction while nothing is due. */
export async function isPrepared(db: Queries, now: number, limit: number): Promise<boolean> {
  const { rows } = await sql<{ is_there: boolean }>`
    select exists (
      select from (select payload from work where kind = 'availability.person' and lease_until is null and due_at <= ${new Date(now)} order by due_at limit ${limit}) as longest where payload ? 'ahead'
    ) as is_there`.execute(db);
  return rows[0]?.is_there ?? false;
}

/**
 * Of the longest due looks at people, so many of them: writes what was prepared for this second, where it still holds (turn.ts), with its line of history, and puts the look off until their next change, or until
 * so long from now if that comes first. A look that was put anew or claimed meanwhile stays as it is. People first and then work, as everybody takes these rows.
 */
export async function putTurned(db: Queries, { now, limit, againMs }: { now: number; limit: number; againMs: number }): Promise<Turned[]> {
  const at = new Date(now);
  const { rows } = await sql<{ tenant_id: string; person_id: string; speaks: boolean; due_at: Date }>`
    with longest as materialized (
      select ctid as place, tenant_id, key, revision, due_at, payload from work where kind = 'availability.person' and lease_until is null and due_at <= ${at} order by due_at limit ${limit}
    ), going_through as materialized (
      select tenant_id from (select distinct tenant_id from longest) as each where exists (select from work r where r.tenant_id = each.tenant_id and r.kind = 'availability.round' and r.due_at <= ${at})
    ), due as materialized (
      select w.place, w.tenant_id, w.key as person_id, w.revision, w.due_at, (a->>'changes_at')::timestamptz as changes_at, (a->>'since')::timestamptz as since, (a->>'until')::timestamptz as until,
        nullif(a->'next_state', 'null') as next_state, a->>'availability' as availability, a->>'face' as face, a->>'title' as title, a->>'why_source' as why_source, a->>'why_rule' as why_rule, a->>'why_event' as why_event,
        (a->>'seen_at')::timestamptz as seen_at, nullif(a->'seen_manual', 'null') as seen_manual, (a->>'clears')::boolean as clears, (a->>'speaks')::boolean as speaks
      from longest w cross join lateral (select w.payload->'ahead' as a) as ahead
      where w.payload ? 'ahead' and (a->>'at')::timestamptz <= ${at} and (a->>'changes_at' is null or (a->>'changes_at')::timestamptz > ${at})
        and w.tenant_id not in (select tenant_id from going_through)
      order by w.tenant_id collate "C", w.key collate "C"
    ), turned as (
      update availability_person p set availability = due.availability, face = due.face, title = due.title, why_source = due.why_source, why_rule = due.why_rule, why_event = due.why_event,
        since = due.since, until = due.until, next_state = due.next_state, looked_at = ${at}, manual = case when due.clears then null else p.manual end
      from due where p.tenant_id = due.tenant_id and p.person_id = due.person_id and p.looked_at = due.seen_at and p.manual is not distinct from due.seen_manual
      returning p.tenant_id, p.person_id, p.availability, p.face, p.why_source, p.why_rule, p.why_event, due.speaks, due.place, due.revision, due.due_at, due.changes_at
    ), noted as (
      insert into availability_history (tenant_id, person_id, at, availability, face, why_source, why_rule, why_event)
      select tenant_id, person_id, ${at}, availability, face, why_source, why_rule, why_event from turned
    ), looks as materialized (
      select w.ctid as place, turned.changes_at from turned join work w on w.ctid = turned.place and w.tenant_id = turned.tenant_id and w.kind = 'availability.person' and w.key = turned.person_id and w.revision = turned.revision and w.lease_until is null
      order by w.tenant_id collate "C", w.key collate "C" for update of w
    ), again as (
      update work w set due_at = least(looks.changes_at, ${new Date(now + againMs)}), payload = '{}', attempt = 0, last_error = null
      from looks where w.ctid = looks.place
    )
    select tenant_id, person_id, speaks, due_at from turned`.execute(db);
  return rows.map((row) => ({ tenantId: row.tenant_id, personId: row.person_id, speaks: row.speaks, dueAt: row.due_at.getTime() }));
}
