import { useCallback, useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { readInvite, readText } from '../../../invite/read.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { NOTHING } from './shown-invite.ts';
import type { Shown } from './shown-invite.ts';

interface Given {
  shown: Shown;
  setShown: (next: (now: Shown) => Shown) => void;
  /** Something is being written or read. */
  running: RefObject<boolean>;
  /** One more with each thing that was begun. */
  turn: RefObject<number>;
  /** The person leaves a damaged text as it is. */
  left: RefObject<boolean>;
}

/** Looks at the invite's text again: whether another service's link came into it, whether ours was damaged, taken out, or another conference put in its place by hand. */
export function useLook({ shown, setShown, running, turn, left }: Given): void {
  const { server } = useSurroundings();
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  }, [shown]);

  const look = useCallback((): void => {
    if (running.current) return;
    const at = turn.current;
    const { id, invite } = latest.current;
    // What the pane itself has begun since knows better.
    const isOld = (): boolean => running.current || turn.current !== at;
    async function compare(): Promise<void> {
      const text = await readText(invite?.block);
      if (isOld()) return;
      const damaged = text.damaged && !left.current;
      // The very same when nothing is new: nothing is drawn then.
      if (text.id === id) return setShown((now) => (now.damaged === damaged && String(now.foreign) === String(text.foreign) ? now : { ...now, damaged, foreign: text.foreign }));
      const state = text.id === undefined ? text : await readInvite(server);
      if (!isOld()) setShown(() => ({ ...NOTHING, ...state, busy: undefined }));
    }
    // Where Outlook does not let us look, what is shown stands.
    compare().catch(() => undefined);
  }, [server, setShown, running, turn, left]);

  const { busy } = shown;
  const was = useRef(busy);
  useEffect(() => {
    const isWritten = busy === undefined && was.current !== undefined && was.current !== 'loading';
    was.current = busy;
    // Beside our own text something else may stand by now.
    if (isWritten) look();
  }, [busy, look]);

  const isRead = busy !== 'loading';
  useEffect(() => {
    if (!isRead) return undefined;
    let end: (() => void) | undefined = () => undefined;
    // In one piece with what else looks so: apart it would be there twice.
    import(/* webpackChunkName: "findings" */ './look-again.ts').then(
      ({ lookAgain }) => {
        if (end !== undefined) end = lookAgain(look);
      },
      () => undefined,
    );
    return () => {
      end?.();
      end = undefined;
    };
  }, [isRead, look]);
}
