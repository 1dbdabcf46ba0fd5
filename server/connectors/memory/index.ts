/** The reference for the ports. Nothing here speaks to anybody, and nothing of it can be configured. */
export { createMemoryBridge } from './conference-bridge.ts';
export type { MemoryBridge, MemoryPerson } from './conference-bridge.ts';
export { createMemoryCalendar } from './calendar-source.ts';
export type { MemoryCalendar, MemoryCalendarOptions } from './calendar-source.ts';
export type { MemoryDraft, MemoryEvents } from './calendar-events.ts';
export { createMemoryMailStore } from './mail-store.ts';
export type { MemoryMailOptions, MemoryMailStore } from './mail-store.ts';
export type { MemoryMail, MemoryMailboxes } from './mailboxes.ts';
export { createMemoryVoicemail, memorySound } from './voicemail-store.ts';
export type { MemoryVoicemail, MemoryVoicemailOptions } from './voicemail-store.ts';
export type { MemoryBoxes, MemoryMessage, MemoryPhone } from './voicemail-boxes.ts';
export type { MemoryFaults } from './faults.ts';
export { createMemoryMailSender } from './mail-sender.ts';
export type { MemoryMailSender } from './mail-sender.ts';
export { createMemoryMailNotifier } from './mail-notifier.ts';
export type { MemoryMailNotifier } from './mail-notifier.ts';
