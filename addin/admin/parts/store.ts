/** Values by name that outlive the section that shows them. Read with React's `useSyncExternalStore`. */
export interface Store<T> {
  read: (name: string) => T | undefined;
  /** Undefined forgets. */
  write: (name: string, value: T | undefined) => void;
  all: () => readonly T[];
  subscribe: (changed: () => void) => () => void;
}

export function makeStore<T>(): Store<T> {
  const values = new Map<string, T>();
  const listeners = new Set<() => void>();
  return {
    read: (name) => values.get(name),
    write(name, value) {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
      for (const changed of listeners) changed();
    },
    all: () => [...values.values()],
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
