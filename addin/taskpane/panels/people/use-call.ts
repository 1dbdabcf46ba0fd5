import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CallView, OwnPhone } from '../../../../contract/people/calls.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** The call that was begun last from this panel. */
export interface Calling {
  call: CallView | undefined;
  trouble: Trouble | undefined;
  /** Asks once more for what failed; a call that was begun after all is not begun twice. */
  again: () => void;
  begin: (number: string, phone?: OwnPhone) => void;
  /** Somebody by their first number. */
  beginWith: (address: string) => void;
  hangUp: () => void;
}

function isCalls(state: unknown): state is CallView[] {
  return Array.isArray(state) && state.every((each) => typeof each === 'object' && each !== null && 'outcome' in each);
}

/** Rings one's own phone first. One id for each press: sent twice over a bad line, it rings once. */
export function useCall(): Calling {
  const { server } = useSurroundings();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const [call, setCall] = useState<CallView | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const id = call?.id;

  useEffect(() => {
    if (id === undefined) return undefined;
    const found = (calls: readonly CallView[]): void => {
      const own = calls.find((each) => each.id === id);
      if (own !== undefined) setCall(own);
    };
    return hearLive(server.transport, 'calls', ({ state }) => isCalls(state) && found(state));
  }, [server, id]);

  const last = useRef<() => void>(() => undefined);
  const run = useCallback((ask: () => Promise<CallView | undefined>) => {
    last.current = () => run(ask);
    setTrouble(undefined);
    ask().then((asked) => asked !== undefined && setCall(asked), (fault: unknown) => setTrouble(troubleOf(fault)));
  }, []);
  const ring = useCallback((ask: (id: string) => Promise<CallView | undefined>) => {
    const fresh = crypto.randomUUID();
    setCall(undefined);
    run(() => ask(fresh));
  }, [run]);
  const begin = useCallback((number: string, phone?: OwnPhone) => ring((fresh) => talk.call(fresh, number, phone)), [ring, talk]);
  const beginWith = useCallback((address: string) => ring(async (fresh) => {
    const [first] = (await talk.card(address)).numbers;
    return first && talk.call(fresh, first.number, undefined);
  }), [ring, talk]);
  const hangUp = useCallback(() => {
    if (id !== undefined) run(() => talk.hangUp(id));
  }, [run, talk, id]);
  const again = useCallback(() => last.current(), []);
  return { call, trouble, again, begin, beginWith, hangUp };
}
