import type { CalendarEvent } from '../../domain/calendar.ts';
import { onlyKeyword } from '../../domain/booking-keyword.ts';
import { OurError } from '../../domain/errors.ts';
import type { Window } from '../../ports/calendar-source.ts';
import type { Clock } from '../../ports/clock.ts';

/** What a person writes: the rest has a value that fits. A series names the starts of its occurrences; the master's times are those of the first. */
export type MemoryDraft = Partial<Omit<CalendarEvent, 'mailbox' | 'id' | 'kind' | 'seriesMasterId' | 'originalStart' | 'version' | 'modifiedAt' | 'recurrenceEnd'>> & {
  startsAt: number;
  endsAt: number;
  /** Epoch ms, UTC. */
  starts?: readonly number[];
  hasEnd?: boolean;
  /** In a calendar besides the default one. */
  isBesides?: boolean;
};

/** What people do. Ids are those that the port tells. */
export interface MemoryEvents {
  /** Writes a new event and returns its id. */
  add(mailboxId: string, draft: MemoryDraft): string;
  /** Changes an event, a whole series, or one occurrence. Throws OurError when there is none. */
  change(mailboxId: string, id: string, changes: Partial<CalendarEvent>): void;
  /** Takes an event, a series, or one occurrence out of the calendar. */
  remove(mailboxId: string, id: string): void;
  /** Puts an event or a series into a calendar besides the default one. Its id stays; in the default one it counts as removed, as Graph tells it. */
  putBesides(mailboxId: string, id: string): void;
  /** As it stands; undefined when it is not there. */
  find(mailboxId: string, id: string): CalendarEvent | undefined;
  /** Living occurrences of a series. */
  parts(mailboxId: string, masterId: string): CalendarEvent[];
  /** Single events and occurrences, no masters. */
  expanded(mailboxId: string): CalendarEvent[];
  /** The same of the other calendars: neither `expanded` nor `since` tells them. */
  besides(mailboxId: string): CalendarEvent[];
  /** What changed after a position and touches (or touched) the window: a series as its master and its occurrences in it. */
  since(mailboxId: string, position: number, window: Window): { changed: CalendarEvent[]; removed: string[]; position: number };
}

interface Kept {
  event: CalendarEvent;
  /** By original start; null for one that was taken out. */
  parts: Map<number, Partial<CalendarEvent> | null>;
  position: number;
  isBesides: boolean;
  /** Where it lay before the last change. */
  before: Window;
}

export function overlaps({ startsAt, endsAt }: Pick<CalendarEvent, 'startsAt' | 'endsAt'>, { from, to }: Window): boolean {
  return startsAt < to && (endsAt > from || (startsAt === endsAt && startsAt >= from));
}

/** An event as the port tells it. Of a private one only our join links and the booking keyword are left, as promise 5 wants. */
export function asTold(event: CalendarEvent, joinBase: string, keyword: string | undefined): CalendarEvent {
  if (!event.isPrivate) return structuredClone(event);
  const links = (text: string): string => [...new Set([...text.matchAll(/https?:\/\/[^\s"'<>]+/g)].map(([url]) => url).filter((url) => url.startsWith(`${joinBase}/`) && /\/[a-z2-7]{26}$/.test(url)))].join('\n');
  return { ...structuredClone(event), subject: '', location: [links(event.location), onlyKeyword(event.location, keyword ?? null)].filter((each) => each !== '').join('; '), body: { format: 'text', content: links(event.body.content) } };
}

const nobody = { name: '', address: '' };

function within<T>(all: Map<string, Map<string, T>>, mailboxId: string): Map<string, T> {
  const known = all.get(mailboxId) ?? new Map<string, T>();
  all.set(mailboxId, known);
  return known;
}

/** `onChange` is told of each change: the mailbox, the event (or occurrence), and whether it went away. */
export function createMemoryEvents(instance: string, clock: Clock, onChange: (mailboxId: string, id: string, isRemoved: boolean) => void): MemoryEvents {
  const mailboxes = new Map<string, Map<string, Kept>>();
  const gone = new Map<string, Map<string, number>>();
  let position = 0;
  let made = 0;

  function place(mailboxId: string, id: string): { kept: Kept; originalStart: number | null } | undefined {
    const [masterId = '', start] = id.split('~');
    const kept = within(mailboxes, mailboxId).get(masterId);
    if (!kept) return undefined;
    const originalStart = start === undefined ? null : Number(start);
    return originalStart !== null && !kept.parts.get(originalStart) ? undefined : { kept, originalStart };
  }

  function existing(mailboxId: string, id: string): { kept: Kept; originalStart: number | null } {
    const found = place(mailboxId, id);
    if (!found) throw new OurError(`there is no event ${id}`);
    return found;
  }

  function part({ event, parts }: Kept, originalStart: number): CalendarEvent {
    const changed = parts.get(originalStart) ?? {};
    const isChanged = Object.keys(changed).length > 0;
    return {
      ...event, id: `${event.id}~${originalStart}`, iCalUId: `${event.iCalUId}~${originalStart}`, kind: isChanged ? 'exception' : 'occurrence', seriesMasterId: event.id, recurrenceEnd: null,
      originalStart, startsAt: originalStart, endsAt: originalStart + event.endsAt - event.startsAt, ...changed,
    };
  }

  function partsOf(kept: Kept): CalendarEvent[] {
    return [...kept.parts].filter(([, changed]) => changed !== null).map(([start]) => part(kept, start));
  }

  function expandedOf(mailboxId: string, isBesides: boolean): CalendarEvent[] {
    return [...within(mailboxes, mailboxId).values()].filter((kept) => kept.isBesides === isBesides).flatMap((kept) => (kept.event.kind === 'seriesMaster' ? partsOf(kept) : [kept.event]));
  }

  function span(kept: Kept): Window {
    const all = kept.event.kind === 'seriesMaster' ? partsOf(kept) : [kept.event];
    return { from: Math.min(...all.map(({ startsAt }) => startsAt)), to: Math.max(...all.map(({ endsAt }) => endsAt)) };
  }

  function touch(mailboxId: string, id: string, kept: Kept, before: Window, isRemoved: boolean): void {
    position += 1;
    kept.position = position;
    kept.before = before;
    kept.event = { ...kept.event, version: `v${position}`, modifiedAt: clock.now() };
    onChange(mailboxId, id, isRemoved);
  }

  return {
    add(mailboxId, { starts, hasEnd = true, isBesides = false, ...draft }) {
      const id = `event-${++made}`;
      const length = draft.endsAt - draft.startsAt;
      const last = Math.max(...(starts ?? [draft.startsAt]));
      const event: CalendarEvent = {
        iCalUId: `uid-${made}`, timeZone: 'UTC', isAllDay: false, subject: '', body: { format: 'html', content: '' }, location: '', organizer: nobody, isOrganizer: true,
        attendees: [], isCancelled: false, isDraft: false, isPrivate: false, sensitivity: draft.isPrivate ? 'private' : 'normal', showAs: 'busy', response: draft.isOrganizer === false ? 'none' : 'organizer', categories: [], isOnlineMeeting: false, ...draft, mailbox: { instance, id: mailboxId }, id, kind: starts ? 'seriesMaster' : 'single',
        seriesMasterId: null, originalStart: null, recurrenceEnd: starts && hasEnd ? last + length : null, modifiedAt: clock.now(), version: '',
      };
      const kept: Kept = { event, parts: new Map((starts ?? []).map((start) => [start, {}])), position: 0, isBesides, before: { from: draft.startsAt, to: draft.endsAt } };
      within(mailboxes, mailboxId).set(id, kept);
      touch(mailboxId, id, kept, span(kept), false);
      return id;
    },

    change(mailboxId, id, changes) {
      const { kept, originalStart } = existing(mailboxId, id);
      const before = span(kept);
      if (originalStart === null) kept.event = { ...kept.event, ...changes };
      else kept.parts.set(originalStart, { ...kept.parts.get(originalStart), ...changes });
      touch(mailboxId, id, kept, before, false);
    },

    remove(mailboxId, id) {
      const { kept, originalStart } = existing(mailboxId, id);
      const before = span(kept);
      if (originalStart === null) within(mailboxes, mailboxId).delete(id);
      else kept.parts.set(originalStart, null);
      touch(mailboxId, id, kept, before, true);
      if (originalStart === null) within(gone, mailboxId).set(id, position);
    },

    putBesides(mailboxId, id) {
      const { kept } = existing(mailboxId, id);
      kept.isBesides = true;
      touch(mailboxId, id, kept, span(kept), false);
      within(gone, mailboxId).set(id, position);
    },

    find(mailboxId, id) {
      const found = place(mailboxId, id);
      if (!found) return undefined;
      return found.originalStart === null ? found.kept.event : part(found.kept, found.originalStart);
    },

    parts: (mailboxId, masterId) => partsOf(existing(mailboxId, masterId).kept),

    expanded: (mailboxId) => expandedOf(mailboxId, false),
    besides: (mailboxId) => expandedOf(mailboxId, true),

    since(mailboxId, since, window) {
      const touched = [...within(mailboxes, mailboxId).values()].filter((kept) => kept.position > since && !kept.isBesides);
      const isNear = ({ from, to }: Window): boolean => overlaps({ startsAt: from, endsAt: to }, window);
      const near = touched.filter((kept) => isNear(span(kept)) || (since > 0 && isNear(kept.before)));
      const changed = near.flatMap((kept) => [kept.event, ...(kept.event.kind === 'seriesMaster' ? partsOf(kept).filter((each) => overlaps(each, window)) : [])]);
      const removed = [...within(gone, mailboxId)].filter(([, at]) => at > since).map(([id]) => id);
      return { changed, removed, position };
    },
  };
}
