import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { useAsked } from '../../parts/use-asked.ts';
import type { Asked } from '../../parts/use-asked.ts';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { isWaiting, tellWaiting } from '../people/waiting.ts';

/** My own state, live, and the ways to choose another. */
export interface Mine {
  view: AvailabilityView | undefined;
  asked: Asked<AvailabilityView>;
  /** When the stream was lost, epoch ms; undefined while it is up. */
  oldSince: number | undefined;
  saving: boolean;
  trouble: Trouble | undefined;
  choose: (face: string, until: string | null) => void;
  automatic: () => void;
}

function isView(state: unknown): state is AvailabilityView {
  return typeof state === 'object' && state !== null && 'personId' in state && 'why' in state;
}

export function useMine(): Mine {
  const { server } = useSurroundings();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const asked = useAsked(talk.mine);
  const [oldSince, setOldSince] = useState<number | undefined>(undefined);
  const [saving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { value: view, set } = asked;
  const personId = view?.personId;

  useEffect(() => {
    if (personId === undefined) return undefined;
    return hearLive(server.transport, [`availability:${personId}`, 'when-free'], ({ state }) => {
      if (isView(state)) set(state);
      else if (isWaiting(state)) tellWaiting(state);
    }, (isUp, heardAt) => setOldSince(isUp ? undefined : heardAt));
  }, [server, personId, set]);

  const save = useCallback((change: Promise<AvailabilityView>) => {
    setSaving(true);
    change.then(
      (next) => {
        set(next);
        setTrouble(undefined);
        setSaving(false);
      },
      (fault: unknown) => {
        setTrouble(troubleOf(fault));
        setSaving(false);
      },
    );
  }, [set]);

  return { view, asked, oldSince, saving, trouble, choose: (face, until) => save(talk.choose(face, until)), automatic: () => save(talk.automatic()) };
}
