/** One request as the stand-in saw it; nothing secret: tokens of delta links are cut out, headers are not kept. `at` epoch ms UTC. */
export interface LogEntry { at: number; method: string; path: string; status: number; mailbox: string | null; appId: string; isBatched: boolean }

/** What one request and its answer were, for a checker. Headers have lower-case names; the authorization header is left out. */
export interface Exchanged {
  method: string;
  /** Behind the version, with the query. */
  path: string;
  requestHeaders: Record<string, string>;
  requestBody: unknown;
  status: number;
  replyHeaders: Record<string, string>;
  replyBody: unknown;
}

export interface RequestLog {
  readonly entries: readonly LogEntry[];
  /** How many answers there were of each `METHOD status`. */
  readonly counts: ReadonlyMap<string, number>;
  add(entry: LogEntry): void;
  onEntry(fn: (entry: LogEntry) => void): () => void;
  clear(): void;
}

const entriesKept = 5_000;

export function createRequestLog(): RequestLog {
  const entries: LogEntry[] = [];
  const counts = new Map<string, number>();
  const watchers = new Set<(entry: LogEntry) => void>();
  return {
    entries,
    counts,
    add(entry) {
      entries.push(entry);
      if (entries.length > entriesKept) entries.shift();
      const key = `${entry.method} ${entry.status}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      for (const watcher of watchers) watcher(entry);
    },
    onEntry(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    clear() {
      entries.length = 0;
      counts.clear();
    },
  };
}

/** The path for a log: tokens of links are replaced. */
export function loggedPath(rawPath: string, query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  for (const name of ['$deltatoken', '$skiptoken', 'validationToken']) if (shown.has(name)) shown.set(name, '…');
  const text = decodeURIComponent(shown.toString().replaceAll('+', ' '));
  return text === '' ? rawPath : `${rawPath}?${text}`;
}
