import type { AvailabilityView } from '../../../contract/availability/availability.ts';
import { lookOf } from './state-look.ts';

/** The shape of a state; the word stands beside it. */
export function Presence({ state, old = false }: { state: Pick<AvailabilityView['state'], 'face' | 'availability'> | null; old?: boolean }) {
  const { Icon, colour } = lookOf(state, old);
  return <Icon className={`presence ${colour}`} aria-hidden="true" />;
}
