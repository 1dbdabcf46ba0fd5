/** A promise that somebody else settles. */
export interface Deferred<T> { promise: Promise<T>; settle: (value: T) => void }

export function deferred<T>(): Deferred<T> {
  const made: Partial<Deferred<T>> = {};
  const promise = new Promise<T>((resolve) => { made.settle = resolve; });
  return { promise, settle: (value) => made.settle?.(value) };
}

/** Does nothing. */
export function nothing(): void {
  return undefined;
}
