import { useEffect, useSyncExternalStore } from 'react';
import { useSurroundings } from '../../../surroundings.tsx';
import { deskOf } from './desk.ts';
import type { Desk, DeskState } from './desk.ts';

/** My desk phone; asked about each time that a panel comes into view. */
export function useDesk(): { desk: Desk; state: DeskState } {
  const { server } = useSurroundings();
  const desk = deskOf(server);
  const state = useSyncExternalStore(desk.subscribe, desk.state);
  useEffect(() => desk.look(), [desk]);
  return { desk, state };
}
