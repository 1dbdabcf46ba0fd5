import type { Header } from './ami/packet.ts';

/** An event on its way to the AMI sessions that may hear it. */
export interface AsteriskEvent {
  /** Classes of which a session's user needs one (`Privilege:`). */
  classes: readonly string[];
  name: string;
  headers: readonly Header[];
}

export interface Bus {
  publish(classes: readonly string[], name: string, headers: readonly Header[]): void;
  /** Returns a function that stops it. */
  subscribe(fn: (event: AsteriskEvent) => void): () => void;
  /** Something that the lab page shows has changed. */
  changed(): void;
  onChange(fn: () => void): () => void;
}

/** What joins the rooms of the stand-in: events for AMI, and a nudge for whoever watches. */
export function createBus(): Bus {
  const listeners = new Set<(event: AsteriskEvent) => void>();
  const watchers = new Set<() => void>();

  function changed(): void {
    for (const watcher of watchers) watcher();
  }

  return {
    changed,
    publish(classes, name, headers) {
      for (const listener of listeners) listener({ classes, name, headers });
      changed();
    },
    subscribe(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    onChange(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
