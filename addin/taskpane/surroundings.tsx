import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { ItemKind } from '../office/item.ts';
import type { Server } from '../talk/server.ts';
import type { Opening } from './opening.ts';
import type { Spoken } from './spoken.ts';

/** What every part of the pane may need. */
export interface Surroundings extends Spoken {
  server: Server;
  kind: ItemKind;
  /** Grows with every change of the item beside a pinned pane. */
  itemNumber: number;
  opening: Opening;
  /** Shows the settings in place of the panel. */
  openSettings: () => void;
  /** Says one sentence to screen readers. */
  announce: (text: string) => void;
}

const context = createContext<Surroundings | undefined>(undefined);

export function useSurroundings(): Surroundings {
  const value = useContext(context);
  if (value === undefined) throw new Error('a part of the pane was used outside it');
  return value;
}

export function Surround({ value, children }: { value: Surroundings; children: ReactNode }) {
  return <context.Provider value={value}>{children}</context.Provider>;
}
