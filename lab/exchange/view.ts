import type { EventFields, EventType, ExchangeEvent } from './types.ts';
import type { Item } from './store.ts';
import { ewsId, folderId, immutableId, restId } from './ids.ts';
import { occurrenceObjectId } from './global-object-id.ts';
import { originalStarts } from './recurrence.ts';

/** Fields of the item, or of one of its occurrences: those of the series, at the occurrence's time, with what its exception changed. */
export function effectiveFields(item: Item, originalStart: number | null): EventFields {
  if (originalStart === null) return item.fields;
  return { ...plainOccurrence(item, originalStart), ...item.exceptions.get(originalStart)?.fields };
}

/** The occurrence as the series alone would have it. */
export function plainOccurrence({ fields }: Item, originalStart: number): EventFields {
  return { ...fields, recurrence: null, start: originalStart, end: originalStart + fields.end - fields.start };
}

function typeOf(item: Item, originalStart: number | null): EventType {
  if (originalStart === null) return item.fields.recurrence ? 'seriesMaster' : 'singleInstance';
  return item.exceptions.has(originalStart) ? 'exception' : 'occurrence';
}

/** The version of an item, as text, from the number of its last change. */
export function changeKeyOf(changeNumber: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(changeNumber, 12);
  return bytes.toString('base64');
}

/** The event as a client sees it: a copy. `originalStart` (epoch ms UTC) names an occurrence. */
export function viewOf(item: Item, originalStart: number | null): ExchangeEvent {
  const { key, mailboxId, calendarKey } = item;
  const name = { key, originalStart };
  const exception = originalStart === null ? undefined : item.exceptions.get(originalStart);
  const removed = originalStart === null ? [...item.exceptions].filter(([, each]) => each.isRemoved) : [];
  return structuredClone({
    ...effectiveFields(item, originalStart),
    id: immutableId(mailboxId, name),
    restId: restId(mailboxId, calendarKey, name),
    ewsId: ewsId(mailboxId, calendarKey, name),
    mailboxId,
    calendarId: folderId(mailboxId, calendarKey),
    type: typeOf(item, originalStart),
    seriesMasterId: originalStart === null ? null : immutableId(mailboxId, { key, originalStart: null }),
    originalStart,
    iCalUId: item.occurrenceObjectId ?? (originalStart === null ? item.globalObjectId : occurrenceObjectId(item.globalObjectId, originalStart, item.fields.zone)),
    organizer: item.organizer,
    isOrganizer: item.isOrganizer,
    isDraft: exception?.isDraft || item.isDraft,
    isCancelled: exception?.isCancelled || item.isCancelled,
    response: exception?.response ?? item.response,
    createdAt: item.createdAt,
    modifiedAt: exception?.modifiedAt ?? item.modifiedAt,
    changeKey: changeKeyOf(exception?.changeNumber ?? item.changeNumber),
    removedStarts: removed.map(([start]) => start),
  });
}

/** Expansions by the fields they follow from; a write makes new fields. Sweeps ask for the same series again and again. */
const expansions = new WeakMap<EventFields, { until: number; starts: number[] }>();
/** How much further than asked an expansion goes, so that a window that slides on finds it done. */
const aheadMs = 366 * 24 * 3_600_000;

/** Original starts of the item's series before `until` (epoch ms UTC), exceptions or not. */
function startsBefore({ fields }: Item, until: number): number[] {
  if (!fields.recurrence) return [];
  const known = expansions.get(fields);
  const enough = known && known.until >= until ? known : { until: until + aheadMs, starts: [...originalStarts(fields.recurrence, fields.start, fields.zone, until + aheadMs)] };
  expansions.set(fields, enough);
  return enough.starts.filter((start) => start < until);
}

/** True when `originalStart` is a living occurrence of the series. */
export function isOccurrence(item: Item, originalStart: number): boolean {
  if (!item.fields.recurrence || item.exceptions.get(originalStart)?.isRemoved) return false;
  return startsBefore(item, originalStart + 1).at(-1) === originalStart;
}

function overlaps({ start, end }: EventFields, from: number, to: number): boolean {
  return start < to && (end > from || (start === end && start >= from));
}

/**
 * Original starts of the occurrences that overlap [from, to), epoch ms UTC; a single event gives one null. An exception counts where it was moved to.
 */
export function occurrencesWithin(item: Item, from: number, to: number): (number | null)[] {
  const { fields, exceptions } = item;
  if (!fields.recurrence) return overlaps(fields, from, to) ? [null] : [];
  const regular = startsBefore(item, to).filter((start) => !exceptions.has(start));
  const moved = [...exceptions].filter(([, each]) => !each.isRemoved).map(([start]) => start);
  return [...regular, ...moved].filter((start) => overlaps(effectiveFields(item, start), from, to));
}
