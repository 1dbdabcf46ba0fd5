import { useCallback, useEffect, useMemo, useState } from 'react';
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

  const begin = useCallback((number: string, phone?: OwnPhone) => {
    setTrouble(undefined);
    talk.call(crypto.randomUUID(), number, phone).then(setCall, (fault: unknown) => {
      setCall(undefined);
      setTrouble(troubleOf(fault));
    });
  }, [talk]);
  const beginWith = useCallback((address: string) => {
    talk.card(address).then(({ numbers }) => {
      const [first] = numbers;
      if (first !== undefined) begin(first.number);
    }, (fault: unknown) => setTrouble(troubleOf(fault)));
  }, [talk, begin]);
  const hangUp = useCallback(() => {
    if (id !== undefined) talk.hangUp(id).then(setCall, (fault: unknown) => setTrouble(troubleOf(fault)));
  }, [talk, id]);
  return { call, trouble, begin, beginWith, hangUp };
}
