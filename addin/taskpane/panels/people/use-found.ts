import { useEffect, useMemo, useState } from 'react';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** A pause in writing after which is searched, ms: a search for each letter would be four for one name. */
const PAUSE_MS = 300;

export interface Found {
  /** Undefined while nothing was found out. */
  people: ItemPerson[] | undefined;
  isPartial: boolean;
  trouble: Trouble | undefined;
}

const nothing: Found = { people: undefined, isPartial: false, trouble: undefined };

/** Searches once somebody pauses; an answer to older words is thrown away. */
export function useFound(text: string): Found {
  const { server } = useSurroundings();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const [found, setFound] = useState<Found>(nothing);
  const wanted = text.trim();
  useEffect(() => {
    setFound(nothing);
    if (wanted.length < 2) return undefined;
    const end = new AbortController();
    const timer = setTimeout(() => {
      talk.search(wanted, end.signal).then(
        ({ people, isPartial }) => {
          if (!end.signal.aborted) setFound({ people: people.map(({ address, name }) => ({ address, name, isList: false })), isPartial, trouble: undefined });
        },
        (fault: unknown) => {
          if (!end.signal.aborted) setFound({ people: [], isPartial: false, trouble: troubleOf(fault) });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [talk, wanted]);
  return found;
}
