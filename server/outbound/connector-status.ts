import type { Clock } from '../ports/clock.ts';
import type { ConnectorStatus } from '../ports/connector.ts';
import type { Log } from '../ports/log.ts';

/** What a connector answers to `status` and `onStatus`, and how it says that something may have changed. */
export interface KeptStatus {
  status(): ConnectorStatus;
  /** Told at each change, until the returned function is called. */
  onStatus(fn: (status: ConnectorStatus) => void): () => void;
  /** Looks anew; tells and logs only what is different. */
  refresh(): void;
}

/** Keeps a connector's status. `look` builds it from what is known now; `since` (epoch milliseconds, UTC) moves only when the state does. */
export function keepStatus({ look, clock, log }: { look: (since: number) => ConnectorStatus; clock: Clock; log: Log }): KeptStatus {
  const watchers = new Set<(status: ConnectorStatus) => void>();
  let current = look(clock.now());

  return {
    status: () => current,
    onStatus(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    refresh() {
      const next = look(current.since);
      if (JSON.stringify(next) === JSON.stringify(current)) return;
      if (next.state !== current.state) {
        next.since = clock.now();
        log.info({ state: next.state, gaps: next.gaps }, 'connector state changed');
      }
      current = next;
      for (const fn of watchers) fn(current);
    },
  };
}
