import type { LabClock } from '../clock.ts';

/** AstDB is written to disk lazily: what was acknowledged less than this before a kill -9 is lost (tried). Milliseconds. */
const syncMs = 1000;

/** AstDB: keys `/family/key` with values, which survive restarts, the youngest excepted. */
export interface Database {
  get(family: string, key: string): string | undefined;
  put(family: string, key: string, value: string): void;
  /** False when there was nothing to delete. */
  delete(family: string, key: string): boolean;
  /** Number of entries deleted below `/family` or `/family/key`. */
  deleteTree(family: string, key?: string): number;
  /** Entries below that prefix, or all, in the order of their keys. */
  tree(family?: string, key?: string): { key: string; value: string }[];
  /** What a kill -9 does: the changes of the last second never happened. */
  crash(): void;
}

interface Change { at: number; key: string; value: string | undefined }

export function createDatabase(clock: LabClock): Database {
  const disk = new Map<string, string>();
  let unsynced: Change[] = [];

  function apply(target: Map<string, string>, change: Change): void {
    if (change.value === undefined) target.delete(change.key);
    else target.set(change.key, change.value);
  }

  function sync(): void {
    const limit = clock.now() - syncMs;
    const waiting = unsynced.findIndex((each) => each.at > limit);
    for (const change of unsynced.splice(0, waiting < 0 ? unsynced.length : waiting)) apply(disk, change);
  }

  function current(): Map<string, string> {
    sync();
    const all = new Map(disk);
    for (const change of unsynced) apply(all, change);
    return all;
  }

  function write(key: string, value: string | undefined): void {
    sync();
    unsynced.push({ at: clock.now(), key, value });
  }

  function tree(family = '', key = ''): { key: string; value: string }[] {
    const prefix = [family, key].filter(Boolean).map((each) => `/${each}`).join('');
    return [...current()]
      .filter(([each]) => prefix === '' || each === prefix || each.startsWith(`${prefix}/`))
      .map(([each, value]) => ({ key: each, value }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  return {
    tree,
    get: (family, key) => current().get(`/${family}/${key}`),
    put: (family, key, value) => write(`/${family}/${key}`, value),
    delete(family, key) {
      const name = `/${family}/${key}`;
      if (!current().has(name)) return false;
      write(name, undefined);
      return true;
    },
    deleteTree(family, key) {
      const found = tree(family, key);
      for (const entry of found) write(entry.key, undefined);
      return found.length;
    },
    crash() {
      sync();
      unsynced = [];
    },
  };
}
