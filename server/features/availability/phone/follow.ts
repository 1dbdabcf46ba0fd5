import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import { askOfNew } from '../calendar/absence.ts';
import { dropEventsOf, forgetWords } from '../calendar/event-rows.ts';
import { reasons } from '../calendar/heard.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { settleMs } from './dot.ts';
import { findPersonState } from '../rows.ts';

/**
 * Watches somebody's calendar as they want it: with its events, with their times only (P13), or not at all where it drives no phone. Of what was read before, words are forgotten where only times are wanted, and
 * everything where the calendar is switched off; the times stay until the watch has read anew, so that a phone does not ring through a meeting meanwhile.
 */
export async function follow(deps: AvailabilityDeps, tx: Queries, tenantId: string, personId: string): Promise<void> {
  const mailbox = await deps.people.mailboxOf(tenantId, personId);
  if (!mailbox) return;
  const [{ followsCalendar, calendarDetail }, lines] = await Promise.all([deps.policyOf(tenantId, personId), deps.people.linesOf(tenantId, personId)]);
  const wanted = followsCalendar && lines.length > 0 ? reasons[calendarDetail] : null;
  const standing = (await deps.calendars.reasonsOf(tenantId, mailbox)).filter((reason) => Object.values<string>(reasons).includes(reason));
  const hasForgotten = await (followsCalendar ? calendarDetail === 'times' && forgetWords(tx, tenantId, mailbox) : dropEventsOf(tx, tenantId, mailbox));
  if (hasForgotten) await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
  if (wanted) await deps.calendars.watch(tx, tenantId, mailbox, wanted);
  for (const reason of standing) if (reason !== wanted) await deps.calendars.letGo(tx, tenantId, mailbox, reason);
}

/** Work `availability.follow`: one person whose rules, lines or mailbox are others now. They are judged and told first: another system may be slow. Whoever has no line and was never seen here is followed by nobody. */
export async function followAnew(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<void> {
  const [lines, known] = await Promise.all([deps.people.linesOf(tenantId, personId), findPersonState(deps.store.db, tenantId, personId)]);
  if (lines.length === 0 && known === null) return;
  await lookAtAll(deps, tenantId, [personId]);
  await putWork(deps.store.db, { tenantId, kind: 'availability.dot', key: personId, dueAt: deps.clock.now() + settleMs, unlessEarlier: true });
  await deps.store.transaction((tx) => follow(deps, tx, tenantId, personId));
  await askOfNew(deps, tenantId, [personId]);
}

/** Work that is put in one statement. */
const putAtOnce = 1_000;

/** Everybody is judged anew, and told where what their phone shows is not what it should: a line may be new, or the language of its display. */
export async function lookAtAll(deps: AvailabilityDeps, tenantId: string, people: readonly string[]): Promise<void> {
  const dueAt = deps.clock.now();
  const looks = people.flatMap((key) => ['availability.person', 'availability.show'].map((kind) => ({ tenantId, kind, key, dueAt, unlessEarlier: true })));
  for (let first = 0; first < looks.length; first += putAtOnce) await putWork(deps.store.db, ...looks.slice(first, first + putAtOnce));
}
