import { randomBytes } from 'node:crypto';
import type { Draft, EventFields, Person } from './types.ts';
import type { Item, World } from './store.ts';
import { exceptionAt } from './store.ts';
import { ExchangeError } from './errors.ts';
import { changesAttendeesView, difference, newFields, withDraft } from './fields.ts';
import { effectiveFields, plainOccurrence } from './view.ts';
import { newGlobalObjectId } from './global-object-id.ts';

/** An item, or one occurrence of it. */
export interface Found { item: Item; originalStart: number | null }

function nameOf(world: World): (address: string) => string {
  return (address) => world.person(address)?.name ?? address;
}

function checkTimes({ start, end }: EventFields): void {
  if (!Number.isFinite(start) || !Number.isFinite(end)) throw new ExchangeError('ErrorPropertyValidationFailure', 'Start and End have to be valid times.');
  if (end < start) throw new ExchangeError('ErrorPropertyValidationFailure', 'The end of the event is before its start.');
}

/** A new item in the organizer's mailbox, not yet told to anybody. Throws ExchangeError when start or end is missing or wrong. */
export function newItem(world: World, { id: mailboxId, name, address, timeZone }: Person, calendarKey: string, draft: Draft): Item {
  if (draft.start === undefined || draft.end === undefined) throw new ExchangeError('ErrorPropertyValidationFailure', 'Start and End are required.');
  const fields = withDraft(newFields(timeZone), draft, nameOf(world));
  checkTimes(fields);
  const now = world.now();
  return {
    key: randomBytes(16).toString('hex'), mailboxId, calendarKey, globalObjectId: newGlobalObjectId(now), fields, exceptions: new Map(), organizer: { name, address },
    isOrganizer: true, isDraft: fields.attendees.length > 0, isCancelled: false, response: { response: 'organizer', at: null }, hasUnsentChange: true, invited: new Set(),
    occurrenceObjectId: null, createdAt: now, modifiedAt: now, changeNumber: 0,
  };
}

function hasNewPattern(before: EventFields, after: EventFields): boolean {
  return before.recurrence !== null && (before.start !== after.start || JSON.stringify(before.recurrence) !== JSON.stringify(after.recurrence));
}

/** Writes the draft into the item or the occurrence, and notes what attendees were not told of: true when this write is such. A new time or pattern of a series forgets its exceptions, as in Exchange. */
export function writeDraft(world: World, { item, originalStart }: Found, draft: Draft): boolean {
  const before = effectiveFields(item, originalStart);
  const after = withDraft(before, draft, nameOf(world));
  checkTimes(after);
  const isSeen = changesAttendeesView(before, after);
  const hasPeople = after.attendees.length > 0 || item.invited.size > 0;
  const isUnsent = item.isOrganizer && hasPeople && (isSeen || JSON.stringify(before.attendees) !== JSON.stringify(after.attendees));
  const target = originalStart === null ? item : exceptionAt(item, originalStart);
  target.hasUnsentChange ||= isSeen;
  target.isDraft ||= isUnsent;
  if (originalStart !== null) {
    target.fields = difference(plainOccurrence(item, originalStart), after);
    return isUnsent;
  }
  if (hasNewPattern(before, after)) item.exceptions.clear();
  item.fields = after;
  return isUnsent;
}
