import type { WorkHandlers } from '../store/worker.ts';

/**
 * Work that is mostly waiting for somebody else has a worker of its own, with so many pieces at a time: else a pause that Graph asks for, or a burst of voicemails, would take
 * the places of conferences. All ours: twenty dots, because in a storm of calls all of them wait for the presence service's budget; twenty calendars, because their sweeps share requests when they are many; twenty people's voicemail, because each is some six
 * calls one after the other, and two hundred messages at once are to be in their mailboxes within the promised twenty seconds also where a call takes a quarter of one.
 */
const ownLanes: Readonly<Record<string, number>> = { 'availability.dot': 20, 'calendar.sweep': 20, 'voicemail.sync': 20 };

/** One for each worker: what it does, and how many at a time; undefined: as many as the worker thinks fit. */
export interface Lanes { handlers: WorkHandlers; concurrency: number | undefined }

export function lanesOf(handlers: WorkHandlers): Lanes[] {
  const isShared = (kind: string): boolean => ownLanes[kind] === undefined;
  const only = (isWanted: (kind: string) => boolean): WorkHandlers => Object.fromEntries(Object.entries(handlers).filter(([kind]) => isWanted(kind)));
  const own = Object.entries(ownLanes).filter(([kind]) => handlers[kind] !== undefined);
  return [{ handlers: only(isShared), concurrency: undefined }, ...own.map(([kind, concurrency]) => ({ handlers: only((each) => each === kind), concurrency }))];
}
