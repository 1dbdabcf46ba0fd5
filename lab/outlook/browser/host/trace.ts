/** One message over the wire. `at` is the lab's time (epoch ms UTC); `frame` names the page that sent or got it. */
export interface TraceEntry { at: number; frame: string; direction: 'in' | 'out'; action: string; dispid: number | null; data: unknown; errorCode?: number }

export interface Trace {
  readonly entries: TraceEntry[];
  add: (entry: Omit<TraceEntry, 'at'>) => void;
  clear: () => void;
}

/** Far more than a story needs, far less than a page that runs for days could hold. */
const longest = 5000;

export function createTrace(now: () => number): Trace {
  const entries: TraceEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push({ at: now(), ...entry });
      if (entries.length > longest) entries.splice(0, entries.length - longest);
    },
    clear() {
      entries.length = 0;
    },
  };
}

/** The dispid that a message carries, whichever of the two envelopes it uses. */
export function dispidOf(data: unknown): number | null {
  const { MethodData, DdaMethod, eventDispId } = (data ?? {}) as { MethodData?: { DispatchId?: unknown }; DdaMethod?: { DispatchId?: unknown }; eventDispId?: unknown };
  const id = MethodData?.DispatchId ?? DdaMethod?.DispatchId ?? eventDispId;
  return typeof id === 'number' ? id : null;
}
