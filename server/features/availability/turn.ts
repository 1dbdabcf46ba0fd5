import { sql } from 'kysely';
import type { BatchOutcome } from '../../store/batch-worker.ts';
import type { Queries } from '../../store/schema.ts';
import type { AvailabilityDeps } from './deps.ts';
import type { Moment } from './moment.ts';
import { isSame } from './timeline.ts';
import { tellOf } from './tell-of.ts';
import type { PersonState } from './rows.ts';

/**
 * What somebody will be when their state changes next, worked out when they were judged last, and kept with the work that waits for that instant (PostgreSQL, `work.payload`). Whatever changes what they are puts
 * that work anew, and so drops it: what is found there at the second is true, and twenty thousand meetings that begin at once need no calendar to be read.
 */
export interface Prepared {
  ahead: {
    /** As in the table; instants are ISO, UTC. */
    at: string;
    changes_at: string | null;
    since: string;
    until: string | null;
    next_state: Moment['next'];
    availability: string;
    face: string;
    title: string | null;
    why_source: string;
    why_rule: string;
    why_event: string | null;
    /** The person as they stood when this was worked out. */
    seen_at: string;
    seen_manual: PersonState['manual'];
    clears: boolean;
    speaks: boolean;
  };
}

/** The next one is prepared so long after a change, or at the next change: first everybody is told. Ours. */
const prepareAfterMs = 5_000;

/** Of somebody who was judged at `seenAt` (epoch ms, UTC) to be `now`, and is to be `coming` at `coming.at`. */
export function prepared({ seenAt, since, manual, now, coming, at, speaks }: { seenAt: number; since: number; manual: PersonState['manual']; now: Moment; coming: Moment; at: number; speaks: boolean }): Prepared {
  const { state, why, until, next, changesAt } = coming;
  return {
    ahead: {
      at: iso(at), changes_at: changesAt === null ? null : iso(changesAt), until: until === null ? null : iso(until), next_state: next,
      since: iso(isSame(now.state, state) ? since : Math.max(coming.since, seenAt)),
      availability: state.availability, face: state.face, title: state.title, why_source: why.source, why_rule: why.rule, why_event: why.eventId,
      seen_at: iso(seenAt), seen_manual: manual, clears: manual !== null && manual.chosenAt <= at && why.source !== 'manual', speaks,
    },
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/**
 * Those of these people whose prepared change is due become it, in one statement; returns when each of them comes again. Left out, to be judged: who has nothing prepared, whose work was put anew since it was claimed,
 * who was judged or chose something since, and everybody while settings are being gone through.
 */
export async function turn(deps: AvailabilityDeps, tenantId: string, personIds: readonly string[]): Promise<Map<string, BatchOutcome>> {
  const now = deps.clock.now();
  const turned = await deps.effect('availability.turn.write', () =>
    deps.store.transaction(async (tx) => {
      const all = await writeTurned(tx, tenantId, personIds, now);
      await tellOf(deps, tx, tenantId, all.map(({ person_id: personId, speaks }) => ({ personId, isSpoken: speaks && deps.greetings.length > 0 })), now);
      return all;
    }),
  );
  return new Map(turned.map(({ person_id: personId, changes_at: changesAt }) => [personId, { againAt: Math.min(changesAt?.getTime() ?? Infinity, now + prepareAfterMs) }]));
}

async function writeTurned(db: Queries, tenantId: string, personIds: readonly string[], now: number): Promise<{ person_id: string; speaks: boolean; changes_at: Date | null }[]> {
  const at = new Date(now);
  const { rows } = await sql<{ person_id: string; speaks: boolean; changes_at: Date | null }>`
    with due as materialized (
      select w.key as person_id, a.* from work w
      cross join lateral jsonb_to_record(w.payload->'ahead') as a(at timestamptz, changes_at timestamptz, since timestamptz, until timestamptz, next_state jsonb, availability text, face text, title text,
        why_source text, why_rule text, why_event text, seen_at timestamptz, seen_manual jsonb, clears boolean, speaks boolean)
      where w.tenant_id = ${tenantId} and w.kind = 'availability.person' and w.key = any(${[...personIds]}) and w.revision = w.claimed_revision and w.payload ? 'ahead'
        and a.at <= ${at} and (a.changes_at is null or a.changes_at > ${at})
        and not exists (select from work r where r.tenant_id = ${tenantId} and r.kind = 'availability.round' and r.due_at <= ${at})
    ), turned as (
      update availability_person p set availability = due.availability, face = due.face, title = due.title, why_source = due.why_source, why_rule = due.why_rule, why_event = due.why_event,
        since = due.since, until = due.until, next_state = nullif(due.next_state, 'null'), looked_at = ${at}, manual = case when due.clears then null else p.manual end
      from due where p.tenant_id = ${tenantId} and p.person_id = due.person_id and p.looked_at = due.seen_at and p.manual is not distinct from nullif(due.seen_manual, 'null')
      returning p.person_id, due.speaks, due.changes_at
    ), noted as (
      insert into availability_history (tenant_id, person_id, at, availability, face, why_source, why_rule, why_event)
      select ${tenantId}, due.person_id, ${at}, due.availability, due.face, due.why_source, due.why_rule, due.why_event from due join turned on turned.person_id = due.person_id
    )
    select person_id, speaks, changes_at from turned`.execute(db);
  return rows;
}
