import type { WaitedFor } from '../../../../contract/availability/availability.ts';

/** Whom I wait for until they are free: told by the frame's stream, shown wherever one is in the pane. */
let waiting: readonly WaitedFor[] = [];
const watchers = new Set<() => void>();

export const waitingNow = (): readonly WaitedFor[] => waiting;

export function isWaiting(state: unknown): state is WaitedFor[] {
  return Array.isArray(state) && state.every((each) => typeof each === 'object' && each !== null && 'freeSince' in each);
}

export function tellWaiting(next: readonly WaitedFor[]): void {
  waiting = next;
  for (const watcher of watchers) watcher();
}

export function watchWaiting(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
