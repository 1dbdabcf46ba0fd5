import { createContext, useContext } from 'react';
import type { AdminWords } from '../../words/admin.ts';
import type { Language } from '../../words/pick.ts';
import type { Transport } from '../talk/http.ts';
import type { Kept } from './kept.ts';

/** What every section may need. */
export interface Surroundings {
  transport: Transport;
  language: Language;
  words: AdminWords;
  /** What was written and is not saved: it outlives a change of section. */
  kept: Kept;
  /** The session has ended: the page goes back to its door. */
  signedOut: () => void;
}

const context = createContext<Surroundings | undefined>(undefined);

export const Surround = context.Provider;

export function useSurroundings(): Surroundings {
  const value = useContext(context);
  if (value === undefined) throw new Error('a section was used outside the page');
  return value;
}
