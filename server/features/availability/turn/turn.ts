import type { StraightClaim } from '../../../store/batch-worker.ts';
import type { WorkItem } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import type { Moment } from '../rules/moment.ts';
import { isSame } from '../rules/timeline.ts';
import { tellOf } from '../phone/tell-of.ts';
import type { PersonState } from '../rows.ts';
import { isPrepared, putTurned } from './rows.ts';

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
 * Work `availability.person` of whom a change was prepared and is due: they become it, without being judged, and are told. Left to be judged: who has nothing prepared, whose work was put anew since, who was judged
 * or chose something since, and everybody while settings are being gone through.
 */
export async function turn(deps: AvailabilityDeps, claim: StraightClaim): Promise<{ done: number[]; next: WorkItem[] }> {
  const { now, limit } = claim;
  if (!(await isPrepared(deps.store.db, now, limit))) return { done: [], next: [] };
  return deps.effect('availability.turn.write', () =>
    deps.store.transaction(async (tx) => {
      const turned = await putTurned(tx, { now, limit, againMs: prepareAfterMs });
      const next: WorkItem[] = [];
      for (const tenantId of new Set(turned.map((each) => each.tenantId))) {
        const told = turned.filter((each) => each.tenantId === tenantId).map(({ personId, speaks }) => ({ personId, isSpoken: speaks && deps.greetings.length > 0 }));
        next.push(...(await tellOf(deps, tx, tenantId, told, now, claim)));
      }
      return { done: turned.map(({ dueAt }) => dueAt), next };
    }),
  );
}
