import { useSyncExternalStore } from 'react';
import { useSurroundings } from '../surroundings.tsx';

/** A text that is typed and not sent yet, by a name of its own; it is found again when its section is. `begins`: as it was. Undefined forgets what was typed. */
export function useDraft(name: string, begins = ''): [text: string, write: (text: string | undefined) => void] {
  const { drafts } = useSurroundings().kept;
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.read(name)) ?? begins;
  return [text, (written) => drafts.write(name, written === begins ? undefined : written)];
}
