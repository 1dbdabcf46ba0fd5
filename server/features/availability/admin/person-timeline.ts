import type { PersonTimeline } from '../../../../contract/availability/admin.ts';
import type { CalendarWatch } from '../../../calendars/index.ts';
import { gather } from '../gather.ts';
import { ahead } from '../rules/horizon.ts';
import { historyOf } from '../rows.ts';
import { timeline } from '../rules/timeline.ts';
import type { AvailabilityAdminDeps } from './deps.ts';
import { judged } from './judged.ts';
import { bareState, bareWhy, iso } from './outcome.ts';
import { missingOf } from './who.ts';

/** So many changes of the last 14 days are shown; a day has some twenty. */
const longestPast = 400;

/** What somebody is from now on, and what their phone was told: states and rules (A117), never a title. */
export async function personTimeline(deps: AvailabilityAdminDeps, tenantId: string, person: { personId: string; name: string }): Promise<PersonTimeline> {
  const now = deps.clock.now();
  const { personId } = person;
  const [{ facts, policy }, past, lines, mailbox, links] = await Promise.all([
    gather(deps, deps.store.db, tenantId, personId, now), historyOf(deps.store.db, tenantId, personId, longestPast), deps.people.linesOf(tenantId, personId), deps.people.mailboxOf(tenantId, personId),
    deps.linksOf(tenantId, personId),
  ]);
  const window = { from: now, to: now + ahead };
  const ignored = facts.appointments.flatMap((appointment) => judged(appointment, policy, facts.zone) ?? []).filter(({ makes, from, to }) => (makes === 'ignore' || makes === 'free') && to > window.from && from < window.to);
  return {
    person, missing: missingOf({ mailbox, lines, policy }), links: { ...links, calendar: mailbox && calendarView(await deps.calendars.watchOf(tenantId, mailbox)) }, asOf: iso(now),
    ahead: timeline(facts, window).map(({ from, to, state, why }) => ({ from: iso(from), to: iso(to), state: bareState(state), why: bareWhy(why) })),
    past: past.map(({ at, availability, face, why }) => ({ at: iso(at), state: { availability, face }, why: bareWhy(why) })),
    ignored: ignored.map(({ from, to, rule }) => ({ from: iso(from), to: iso(to), rule })).toSorted((a, b) => a.from.localeCompare(b.from)),
  };
}

function calendarView(watch: CalendarWatch | null): NonNullable<PersonTimeline['links']>['calendar'] {
  if (!watch) return null;
  return { readAt: watch.sweptAt === null ? null : iso(watch.sweptAt), troubledSince: watch.parkedSince === null ? null : iso(watch.parkedSince), trouble: watch.parked };
}
