import { useCallback, useState } from 'react';
import { useSurroundings } from '../surroundings.tsx';
import { isSignedOut, problemOf } from './problem-of.ts';
import type { Problem } from './problem.tsx';

/** One thing at a time that a section asks the server, and how it failed. */
export interface Task {
  busy: boolean;
  problem: Problem | undefined;
  /** Does it; a failure ends as a message with its remedy, or as what `onFault` makes of it. */
  run: (work: () => Promise<void>, onFault?: (fault: unknown) => Problem | undefined) => void;
  /** The same, asked by a clock: until it has ended, what stands on the screen stays. */
  follow: (work: () => Promise<void>) => void;
  clear: () => void;
}

export function useTask(): Task {
  const { words, signedOut } = useSurroundings();
  const [state, setState] = useState<{ busy: boolean; problem: Problem | undefined }>({ busy: false, problem: undefined });
  const begin = useCallback(
    (work: () => Promise<void>, onFault?: (fault: unknown) => Problem | undefined) => {
      work().then(
        () => setState({ busy: false, problem: undefined }),
        (fault: unknown) => {
          if (isSignedOut(fault)) return signedOut();
          setState({ busy: false, problem: onFault?.(fault) ?? problemOf(fault, words) });
        },
      );
    },
    [signedOut, words],
  );
  const run = useCallback<Task['run']>(
    (work, onFault) => {
      setState({ busy: true, problem: undefined });
      begin(work, onFault);
    },
    [begin],
  );
  const follow = useCallback<Task['follow']>((work) => begin(work), [begin]);
  const clear = useCallback(() => setState({ busy: false, problem: undefined }), []);
  return { ...state, run, follow, clear };
}
