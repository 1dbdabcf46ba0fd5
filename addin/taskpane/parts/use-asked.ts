import { useCallback, useEffect, useState } from 'react';
import { troubleOf } from '../../invite/trouble.ts';
import type { Trouble } from '../../invite/outcome.ts';

/** An answer that a page waits for: on its way, here, or why not. */
export interface Asked<T> {
  value: T | undefined;
  trouble: Trouble | undefined;
  /** Asks again; what is shown stays until the answer is here. */
  again: () => void;
  /** Puts a newer answer in place. */
  set: (value: T) => void;
}

/** Asks once when the page opens, and again when a person says so. `ask` must stay the same from one drawing to the next. */
export function useAsked<T>(ask: () => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ value: T | undefined; trouble: Trouble | undefined }>({ value: undefined, trouble: undefined });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    ask().then(
      (value) => {
        if (current) setState({ value, trouble: undefined });
      },
      (fault: unknown) => {
        if (current) setState((before) => ({ ...before, trouble: troubleOf(fault) }));
      },
    );
    return () => {
      current = false;
    };
  }, [ask, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const set = useCallback((value: T) => setState({ value, trouble: undefined }), []);
  return { ...state, again, set };
}
