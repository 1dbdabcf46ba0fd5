import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { peopleTalk } from '../../../talk/people.ts';
import type { PersonState } from '../../../talk/people.ts';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** As many are followed live; a stream takes 120 topics, of which a dozen are the pane's others. The others are read again every half minute. */
const MOST_LIVE = 100;
/** The server takes as many addresses in one question. */
const MOST_ASKED = 500;
const AGAIN_MS = 30_000;

/** The states of people, by address, and whether they are live. */
export interface States {
  all: ReadonlyMap<string, PersonState>;
  trouble: Trouble | undefined;
  /** When the stream was lost, epoch ms; undefined while it is up. */
  oldSince: number | undefined;
  again: () => void;
}

function isView(state: unknown): state is AvailabilityView {
  return typeof state === 'object' && state !== null && 'personId' in state && 'state' in state;
}

/**
 * Reads the states of everybody once, then hears of each change. After a gap the stream begins with what is now, so that what is shown is never older than the connection.
 *
 * @param addresses lower case; must stay the same list while it says the same.
 */
export function useStates(addresses: readonly string[], heard: (before: ReadonlyMap<string, PersonState>, after: PersonState) => void): States {
  const { server } = useSurroundings();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const [all, setAll] = useState<ReadonlyMap<string, PersonState>>(new Map());
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [oldSince, setOldSince] = useState<number | undefined>(undefined);
  const [round, setRound] = useState(0);
  const latest = useRef(all);
  const tell = useRef(heard);
  useEffect(() => {
    latest.current = all;
    tell.current = heard;
  }, [all, heard]);

  useEffect(() => {
    if (addresses.length === 0) return undefined;
    let isCurrent = true;
    const read = (): void => {
      const parts = Array.from({ length: Math.ceil(addresses.length / MOST_ASKED) }, (_, part) => addresses.slice(part * MOST_ASKED, (part + 1) * MOST_ASKED));
      Promise.all(parts.map((part) => talk.states(part))).then(
        (people) => {
          if (!isCurrent) return;
          setAll(new Map(people.flat().map((person) => [person.address, person])));
          setTrouble(undefined);
        },
        (fault: unknown) => {
          if (isCurrent) setTrouble(troubleOf(fault));
        },
      );
    };
    read();
    const timer = addresses.length > MOST_LIVE ? setInterval(read, AGAIN_MS) : undefined;
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [talk, addresses, round]);

  // One string, so that a new reading of the same people does not open the stream anew.
  const followed = useMemo(() => [...new Set([...all.values()].slice(0, MOST_LIVE).flatMap(({ availability }) => availability?.personId ?? []))].join(' '), [all]);
  useEffect(() => {
    if (followed === '') return undefined;
    const topics = followed.split(' ').map((personId) => `availability:${personId}`);
    const found = (view: AvailabilityView): void => {
      for (const [address, person] of latest.current) {
        if (person.availability?.personId !== view.personId) continue;
        const after = { ...person, availability: view };
        tell.current(latest.current, after);
        const next = new Map(latest.current).set(address, after);
        latest.current = next;
        setAll(next);
      }
    };
    return hearLive(server.transport, topics, ({ state }) => isView(state) && found(state), (isUp, heardAt) => setOldSince(isUp ? undefined : heardAt));
  }, [server, followed]);

  const again = useCallback(() => setRound((count) => count + 1), []);
  return { all, trouble, oldSince, again };
}
