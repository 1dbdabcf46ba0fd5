import type { CalendarEvent } from '../../domain/calendar.ts';
import { TheirError } from '../../domain/errors.ts';
import type { CalendarSource, MailboxProfile, Window } from '../../ports/calendar-source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Wake, WakeKey } from '../../ports/wake.ts';
import { asTold, createMemoryEvents, overlaps, type MemoryEvents } from './calendar-events.ts';

/** A calendar system that is nothing but its promises: the reference that every other one is held against, and the one that random histories drive. */
export interface MemoryCalendar {
  readonly port: CalendarSource;
  /** What people do in their calendars. */
  readonly events: MemoryEvents;
  /** The body of this event says more than is told: it cannot be written back. */
  makeRigid(id: string): void;
  /** Nothing answers and nothing is told. */
  setAway(isAway: boolean): void;
  /** Cursors given so far are refused: everything is read anew. */
  forget(): void;
  /** Subscriptions are gone, and nobody says so. */
  loseSubscriptions(): void;
  /** Mailboxes that are told about, one for each living subscription. */
  subscriptions(): string[];
}

export interface MemoryCalendarOptions {
  instance: string;
  clock: Clock;
  wake: Wake;
  mailboxes: readonly Omit<MailboxProfile, 'instance'>[];
  /** What join links begin with: all that is told of a private event's texts. `https://HOST/j`. */
  joinBase: string;
  /** Of a private event's place it is told, too. */
  keyword?: string;
}

/** A week, as Graph gives it. */
const subscriptionMs = 7 * 24 * 60 * 60_000;

export function createMemoryCalendar({ instance, clock, wake, mailboxes, joinBase, keyword }: MemoryCalendarOptions): MemoryCalendar {
  const subscriptions = new Map<string, string>();
  const rigid = new Set<string>();
  /** Events by the key under which they were made. */
  const made = new Map<string, string>();
  let isAway = false;
  let generation = 1;
  let subscribed = 0;

  const events = createMemoryEvents(instance, clock, (mailboxId, eventId, isRemoved) => {
    if (isAway || ![...subscriptions.values()].includes(mailboxId)) return;
    const key = `${instance}/${mailboxId}`;
    const sweep: WakeKey[] = isRemoved ? [{ kind: 'calendar.sweep', key }] : [];
    // Whoever is told reads again anyway: a notice that cannot be kept is one that was lost.
    wake.mark([{ kind: 'calendar.event', key: `${key}/${eventId}` }, ...sweep]).catch(() => undefined);
  });

  function asked(): void {
    if (isAway) throw new TheirError(instance, 'no-answer', 'does not answer');
  }

  function told(list: readonly CalendarEvent[]): CalendarEvent[] {
    return list.map((event) => asTold(event, joinBase, keyword));
  }

  const port: CalendarSource = {
    instance,
    capabilities: { notifications: true, changes: true, write: true, create: true },
    async findMailbox(addressOrId) {
      asked();
      const wanted = addressOrId.trim().toLowerCase();
      const found = mailboxes.find(({ id, addresses }) => id === wanted || addresses.includes(wanted));
      return found ? { ...found, instance } : null;
    },
    async event(mailbox, id) {
      asked();
      const found = events.find(mailbox.id, id);
      return found ? asTold(found, joinBase, keyword) : null;
    },
    async changes(mailbox, cursor, window) {
      asked();
      const [from, at] = (cursor ?? '').split('.').map(Number);
      const wasReset = cursor !== null && from !== generation;
      const since = cursor === null || wasReset ? 0 : (at ?? 0);
      const { changed, removed, position } = events.since(mailbox.id, since, window);
      return { events: told(changed), removed: since === 0 ? [] : removed.map((id) => ({ mailbox: { instance, id: mailbox.id }, id })), unread: [], cursor: `${generation}.${position}`, wasReset };
    },
    async occurrences(mailbox, masterId, window) {
      asked();
      if (!events.find(mailbox.id, masterId)) throw new TheirError(instance, 'gone', 'this series is not there');
      return told(events.parts(mailbox.id, masterId).filter((each) => overlaps(each, window)));
    },
    async between(mailbox, window: Window) {
      asked();
      return told(events.expanded(mailbox.id).filter((each) => overlaps(each, window)));
    },
    async times(mailbox, window) {
      asked();
      return told(events.expanded(mailbox.id).filter((each) => overlaps(each, window))).map((event) => ({
        ...event, subject: '', location: '', body: { format: 'text', content: '' }, organizer: { name: '', address: '' }, attendees: [], categories: [],
      }));
    },
    async besides(mailbox, window) {
      asked();
      return told(events.besides(mailbox.id).filter((each) => overlaps(each, window)));
    },
    async subscribe(mailbox) {
      asked();
      // One for a mailbox, as Graph has it: the twin gives way.
      for (const [id, mailboxId] of subscriptions) if (mailboxId === mailbox.id) subscriptions.delete(id);
      const id = `subscription-${++subscribed}`;
      subscriptions.set(id, mailbox.id);
      return { id, expiresAt: clock.now() + subscriptionMs };
    },
    async renew(_mailbox, id) {
      asked();
      if (!subscriptions.has(id)) throw new TheirError(instance, 'gone', 'this subscription is not known');
      return { id, expiresAt: clock.now() + subscriptionMs };
    },
    async unsubscribe(id) {
      asked();
      subscriptions.delete(id);
    },
    async rewrite(mailbox, id, version, { location, body }) {
      asked();
      const found = events.find(mailbox.id, id);
      if (!found) throw new TheirError(instance, 'gone', 'this event is not there');
      if (found.version !== version) throw new TheirError(instance, 'refused', 'this event was changed in between');
      events.change(mailbox.id, id, { ...(location === undefined ? {} : { location }), ...(body === undefined ? {} : { body }) });
    },
    async edit(mailbox, id, change) {
      asked();
      const found = events.find(mailbox.id, id);
      const isBodyWhole = found !== undefined && !rigid.has(id);
      if (!found) return { outcome: 'gone', event: null, isBodyWhole };
      const places = found.location === '' ? [] : found.location.split('; ');
      const wanted = change(asTold(found, joinBase, keyword), { places, body: isBodyWhole ? found.body : null });
      if (!wanted) return { outcome: 'unchanged', event: asTold(found, joinBase, keyword), isBodyWhole };
      const { format } = found.body;
      events.change(mailbox.id, id, {
        ...(wanted.places === undefined ? {} : { location: wanted.places.join('; ') }), ...(wanted.body === undefined || !isBodyWhole ? {} : { body: { format, content: wanted.body } }),
      });
      const written = events.find(mailbox.id, id);
      return { outcome: 'written', event: written ? asTold(written, joinBase, keyword) : null, isBodyWhole };
    },
    async create(mailbox, key, { subject, body, location, startsAt, endsAt, timeZone, guests }) {
      asked();
      const known = events.find(mailbox.id, made.get(`${mailbox.id}/${key}`) ?? '');
      if (known) return { id: known.id, version: known.version };
      const own = mailboxes.find(({ id }) => id === mailbox.id);
      const id = events.add(mailbox.id, {
        subject, body, location, startsAt, endsAt, timeZone, attendees: guests.map((guest) => ({ ...guest, kind: 'required', response: 'none' })),
        organizer: { name: own?.displayName ?? '', address: own?.addresses[0] ?? '' },
      });
      made.set(`${mailbox.id}/${key}`, id);
      return { id, version: events.find(mailbox.id, id)?.version ?? '' };
    },
    async reschedule(mailbox, id, { subject, startsAt, endsAt, timeZone, guests }) {
      asked();
      const found = events.find(mailbox.id, id);
      if (!found) throw new TheirError(instance, 'gone', 'this event is not there');
      const added = guests.filter(({ address }) => !found.attendees.some((each) => each.address.toLowerCase() === address.toLowerCase()));
      const attendees = [...found.attendees, ...added.map((guest) => ({ ...guest, kind: 'required' as const, response: 'none' as const }))];
      events.change(mailbox.id, id, { subject, startsAt, endsAt, timeZone, attendees });
      return { version: events.find(mailbox.id, id)?.version ?? '' };
    },
    async cancel(mailbox, id) {
      asked();
      if (events.find(mailbox.id, id)) events.remove(mailbox.id, id);
    },
  };

  return {
    port,
    events,
    makeRigid: (id) => void rigid.add(id),
    setAway(away) {
      isAway = away;
    },
    forget() {
      generation += 1;
    },
    loseSubscriptions() {
      subscriptions.clear();
    },
    subscriptions: () => [...subscriptions.values()],
  };
}
