import { useEffect, useMemo, useState } from 'react';
import type { AvailabilityView } from '../../../../contract/availability.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { initials } from '../../frame/me.tsx';
import { shownState } from './said.ts';
import { Presence } from '../../parts/presence.tsx';
import { useSurroundings } from '../../surroundings.tsx';

/** Somebody's picture, or two letters, with the shape of their state. A photo is asked for only where it is large. */
export function Picture({ name, view, old, large = false }: { name: string; view: AvailabilityView | null; old: boolean; large?: boolean }) {
  const { server } = useSurroundings();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const [photo, setPhoto] = useState<string | null>(null);
  const wanted = large ? view?.personId : undefined;
  useEffect(() => {
    if (wanted === undefined) return undefined;
    let made: string | null = null;
    let isCurrent = true;
    talk.photo(wanted).then(
      (found) => {
        made = found;
        if (isCurrent) setPhoto(found);
        else if (found !== null) URL.revokeObjectURL(found);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
      if (made !== null) URL.revokeObjectURL(made);
      setPhoto(null);
    };
  }, [talk, wanted]);
  return (
    <span className={large ? 'picture large' : 'picture'} aria-hidden="true">
      {photo === null ? initials(name) : <img src={photo} alt="" />}
      <Presence state={shownState(view)} old={old} />
    </span>
  );
}
