import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { peopleTalk } from '../../../talk/people.ts';
import { Message } from '../../parts/message.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { CallSaid } from './call-said.tsx';
import { isolated } from './said.ts';
import { useCall } from './use-call.ts';
import { tellWaiting, waitingNow, watchWaiting } from './waiting.ts';

/** "Jonas Weber is free now": as long as it is true, until it is closed. */
export function FreeNotice() {
  const { server } = useSurroundings();
  const { people: words } = usePeopleWords();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const waiting = useSyncExternalStore(watchWaiting, waitingNow);
  const calling = useCall();
  const isClosing = useRef(false);
  useEffect(() => {
    // With the notice the pressed button goes, and the focus with it, unless somebody has moved it by then: back to where one is in the pane.
    if (isClosing.current && document.activeElement === document.body) document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    isClosing.current = false;
  }, [waiting]);
  const close = (address: string): void => {
    isClosing.current = true;
    // What could not be taken back is shown again by the next word of the server.
    void talk.whenFree(address, false).then(tellWaiting, () => undefined);
  };
  return (
    <div className="notice">
      <CallSaid calling={calling} />
      {waiting.filter(({ freeSince }) => freeSince !== null).map(({ name, address }) => (
        <Message
          key={address} weight="grey" lead={words.isFree(isolated(name))} text=""
          actions={[
            {
              label: words.call,
              run() {
                calling.beginWith(address);
                close(address);
              },
            },
            { label: words.close, run: () => close(address) },
          ]}
        />
      ))}
    </div>
  );
}
