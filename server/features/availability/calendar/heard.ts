import type { CalendarListener, CalendarLoss, CalendarNews } from '../../../calendars/index.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { putWork } from '../../../store/work.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { carriersAmong } from './carried.ts';
import { dropEvents, dropEventsOf, idsBetween, putEvents, type StoredAppointment } from './event-rows.ts';
import { forgetAbsence } from '../rows.ts';
import { appointmentOf } from './from-calendar.ts';
import { ahead, behind } from '../rules/horizon.ts';

/** The reason under which a mailbox is watched: with its events, or with their times only (P13). */
export const reasons = { events: 'availability', times: 'availability.times' } as const;

/** So long what is known of a calendar that is gone counts, ms: mailboxes are moved and come back within hours, and meetings are mostly made days before. Ours. */
const goneCountsMs = 24 * 60 * 60_000;

/** Hear of the calendars that are watched, keep what lies near now, and look at the owner again. */
export function calendarListeners(deps: AvailabilityDeps): CalendarListener[] {
  return [
    { reason: reasons.events, texts: 'all', reach: 'window', heard: (news) => hear(deps, news), stillWants: (tenantId, mailbox) => isWanted(deps, tenantId, mailbox, 'events'), lost: (loss) => lose(deps, loss) },
    // What was read for others comes to the first as well.
    { reason: reasons.times, texts: 'times', reach: 'times', heard: async (news) => (news.told === 'times' ? hear(deps, news) : undefined), stillWants: (tenantId, mailbox) => isWanted(deps, tenantId, mailbox, 'times') },
  ];
}

/** Whether somebody's phone follows this calendar, and reads so much of it. */
async function isWanted(deps: AvailabilityDeps, tenantId: string, mailbox: MailboxRef, detail: 'events' | 'times'): Promise<boolean> {
  const personId = await deps.people.ownerOfMailbox(tenantId, mailbox);
  if (personId === null) return false;
  const [linked, lines, { followsCalendar, calendarDetail }] = await Promise.all([deps.crowd.mailboxes(tenantId, [personId]), deps.people.linesOf(tenantId, personId), deps.policyOf(tenantId, personId)]);
  const own = linked.get(personId);
  return own?.instance === mailbox.instance && own.id === mailbox.id && lines.length > 0 && followsCalendar && calendarDetail === detail;
}

/** A calendar that is gone for good must not decide for another fortnight what a phone does. One that is closed to us is there: what is known of it goes on by its minutes, until the window ends. */
async function lose(deps: AvailabilityDeps, { tenantId, mailbox, fault, since }: CalendarLoss): Promise<void> {
  const now = deps.clock.now();
  if (fault !== 'gone' || now - since < goneCountsMs) return;
  const personId = await deps.people.ownerOfMailbox(tenantId, mailbox);
  await deps.effect('availability.heard.write', () =>
    deps.store.transaction(async (tx) => {
      const hadEvents = await dropEventsOf(tx, tenantId, mailbox);
      if (personId === null) return;
      const hadAbsence = await forgetAbsence(tx, tenantId, personId);
      if (hadEvents || hadAbsence) await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: now });
    }),
  );
}

async function hear(deps: AvailabilityDeps, news: CalendarNews): Promise<void> {
  const { tenantId, mailbox } = news;
  const personId = await deps.people.ownerOfMailbox(tenantId, mailbox);
  if (personId === null) return;
  // Where an owner wants times only, what a conference made us read is not kept either; where the calendar is switched off, nothing is.
  const { calendarDetail, followsCalendar } = await deps.policyOf(tenantId, personId);
  if (!followsCalendar) return;
  const parts = news.events.filter((event) => event.kind !== 'seriesMaster');
  const series = await occurrencesOf(deps, news);
  const fresh: StoredAppointment[] = [...parts, ...series.events].map((event) => appointmentOf(event, news.told === 'times' || calendarDetail === 'times'));
  await deps.effect('availability.heard.write', () =>
    deps.store.transaction(async (tx) => {
      const gone = new Set([...news.removed, ...series.masters]);
      if (news.sweep?.isWhole) {
        const seen = new Set(news.events.map((event) => event.id));
        const { from, to } = news.sweep.window;
        for (const id of await idsBetween(tx, tenantId, mailbox, from, to)) if (!seen.has(id)) gone.add(id);
      }
      await dropEvents(tx, tenantId, mailbox, [...gone]);
      await putEvents(tx, tenantId, mailbox, fresh);
      await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() }, ...(await carriersAmong(tx, { tenantId, personId, now: deps.clock.now() }, news.events)));
    }),
  );
}

/** A notice that names a series says nothing of its occurrences: they are read again, and what was known of them is dropped. A sweep brings them by itself. */
async function occurrencesOf(deps: AvailabilityDeps, { events, mailbox, sweep }: CalendarNews): Promise<{ masters: string[]; events: CalendarNews['events'] }> {
  if (sweep) return { masters: [], events: [] };
  const masters = events.filter((event) => event.kind === 'seriesMaster').map((event) => event.id);
  const now = deps.clock.now();
  const found = await Promise.all(masters.map((id) => deps.calendars.source(mailbox.instance).occurrences(mailbox, id, { from: now - behind, to: now + ahead })));
  return { masters, events: found.flat() };
}
