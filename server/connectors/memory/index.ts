/** The reference for the ports. Nothing here speaks to anybody, and nothing of it can be configured. */
export { createMemoryBridge } from './conference-bridge.ts';
export type { MemoryBridge, MemoryPerson } from './conference-bridge.ts';
