/** The reference for the ports. Nothing here speaks to anybody, and nothing of it can be configured. */
export { createMemoryBridge } from './conference-bridge.ts';
export type { MemoryBridge, MemoryPerson } from './conference-bridge.ts';
export { createMemoryCalendar } from './calendar-source.ts';
export type { MemoryCalendar, MemoryCalendarOptions } from './calendar-source.ts';
export type { MemoryDraft, MemoryEvents } from './calendar-events.ts';
