import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { initials } from '../../frame/initials.ts';
import { shownState } from './said.ts';
import { Presence } from '../../parts/presence.tsx';
import { usePhoto } from '../../parts/use-photo.ts';

/** Somebody's picture, or two letters, with the shape of their state. A photo is asked for only where it is large. */
export function Picture({ name, view, old, large = false }: { name: string; view: AvailabilityView | null; old: boolean; large?: boolean }) {
  const photo = usePhoto(large ? view?.personId : undefined);
  return (
    <span className={large ? 'picture large' : 'picture'} aria-hidden="true">
      {photo === null ? initials(name) : <img src={photo} alt="" />}
      <Presence state={shownState(view)} old={old} />
    </span>
  );
}
