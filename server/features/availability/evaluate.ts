import { putWork } from '../../store/work.ts';
import type { Queries } from '../../store/schema.ts';
import type { AvailabilityDeps, PersonPolicy } from './deps.ts';
import { eventsBetween } from './event-rows.ts';
import { ahead, behind, lookAgain } from './horizon.ts';
import { momentOf, type Moment } from './moment.ts';
import { findPersonState, putMoment, ridingOf, type PersonState } from './rows.ts';
import type { Why } from './sources.ts';
import { isSame, timeline, type Facts, type Segment } from './timeline.ts';

/** All that is known of a person, as the timeline wants it. */
export interface Known {
  facts: Facts;
  policy: PersonPolicy;
  before: PersonState | null;
}

export async function gather(deps: AvailabilityDeps, db: Queries, tenantId: string, personId: string, now: number): Promise<Known> {
  const policy = await deps.policyOf(tenantId, personId);
  const before = await findPersonState(db, tenantId, personId);
  const mailbox = policy.followsCalendar ? await deps.people.mailboxOf(tenantId, personId) : null;
  const appointments = mailbox ? await eventsBetween(db, tenantId, mailbox, now - behind, now + ahead) : [];
  const facts: Facts = {
    zone: before?.zone ?? policy.phoneTimeZone,
    appointments,
    riding: policy.followsCalendar ? await ridingOf(db, tenantId, personId) : [],
    outOfOffice: policy.followsCalendar ? (before?.outOfOffice ?? null) : null,
    manual: before?.manual ?? null,
    policy,
  };
  return { facts, policy, before };
}

export function segmentsAround(facts: Facts, now: number): Segment[] {
  return timeline(facts, { from: now - behind, to: now + ahead });
}

/**
 * Work `availability.person`: what somebody is at this instant. Writes it with its history and the work that shows it, in one transaction, and comes back at
 * the next moment of change: nobody is polled to notice that a meeting begins.
 */
export async function evaluate(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<{ againAt: number }> {
  const now = deps.clock.now();
  const { facts, before } = await gather(deps, deps.store.db, tenantId, personId, now);
  const moment = momentOf(segmentsAround(facts, now), now);
  const isNews = !before || before.lookedAt === 0 || !isSame(before.state, moment.state) || !isSameReason(before.why, moment.why);
  // A choice that has ended is forgotten, so that an appointment that moves later cannot bring it back.
  const clearManual = facts.manual !== null && facts.manual.chosenAt <= now && moment.why.source !== 'manual';
  await deps.effect('availability.state.write', () =>
    deps.store.transaction(async (tx) => {
      const since = before && isSame(before.state, moment.state) && !isNews ? before.since : sinceOf(moment, before, now);
      await putMoment(tx, tenantId, personId, moment, { since, isNews, clearManual, now });
      if (!isNews && before.until === moment.until) return;
      await putWork(tx, ...['availability.show', ...(deps.greetings.length > 0 ? ['availability.greeting'] : [])].map((kind) => ({ tenantId, kind, key: personId, dueAt: now })));
      deps.live.announce(tx, tenantId, `availability:${personId}`);
    }),
  );
  return { againAt: Math.min(moment.changesAt ?? Infinity, now + lookAgain) };
}

/** The state may be older than our knowing of it, but never older than another state that we told. */
function sinceOf(moment: Moment, before: PersonState | null, now: number): number {
  if (!before) return moment.since;
  return isSame(before.state, moment.state) ? before.since : Math.max(moment.since, Math.min(now, before.lookedAt));
}

function isSameReason(a: Why, b: Why): boolean {
  return a.source === b.source && a.rule === b.rule && a.eventId === b.eventId;
}
