import { AlertRegular } from '@fluentui/react-icons/svg/alert';
import { useState, useSyncExternalStore } from 'react';
import type { Trouble } from '../../../invite/outcome.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { Button } from '../../parts/button.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { tellWaiting, waitingNow, watchWaiting } from './waiting.ts';

/** *When free*: pressed while one is waited for. Nothing for somebody who is free and not waited for. */
export function useWhenFree(address: string, isFree: boolean): { isWaiting: boolean; button: React.ReactNode; trouble: Trouble | undefined } {
  const { server } = useSurroundings();
  const { people: words } = usePeopleWords();
  const isWaiting = useSyncExternalStore(watchWaiting, waitingNow).some((each) => each.address === address);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const press = (): void => {
    setTrouble(undefined);
    peopleTalk(server.transport).whenFree(address, !isWaiting).then(tellWaiting, (fault: unknown) => setTrouble(troubleOf(fault)));
  };
  const button = isFree && !isWaiting ? null : <Button icon={<AlertRegular />} aria-pressed={isWaiting} onClick={press}>{isWaiting ? words.stopWaiting : words.whenFree}</Button>;
  return { isWaiting, button, trouble };
}
