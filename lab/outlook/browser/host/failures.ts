/** Calls that shall fail, for tests and for the lab's switches. */
export interface Failures {
  /** The next call of `dispid`, on either channel, fails with this Office error code. Several calls queue up. */
  next: (dispid: number, code: number) => void;
  /** Every call of `dispid` fails with this code; null mends it. */
  always: (dispid: number, code: number | null) => void;
  take: (dispid: number) => number | null;
}

export function createFailures(): Failures {
  const queued = new Map<number, number[]>();
  const standing = new Map<number, number>();
  return {
    next(dispid, code) {
      queued.set(dispid, [...(queued.get(dispid) ?? []), code]);
    },
    always(dispid, code) {
      if (code === null) standing.delete(dispid);
      else standing.set(dispid, code);
    },
    take: (dispid) => queued.get(dispid)?.shift() ?? standing.get(dispid) ?? null,
  };
}
