import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';

interface Given {
  words: { remove: string; removeText: string; removeSure: string; cancel: string };
  busy: boolean;
  remove: () => void;
}

/** Removes after a second press, because there is no undo; the first one says what goes. The focus is on the way back, then where it was. */
export function RemoveTwice({ words, busy, remove }: Given) {
  const [asks, setAsks] = useState<'not yet' | 'asks' | 'asked'>('not yet');
  const first = useRef<HTMLButtonElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asks === 'asks') back.current?.focus();
    if (asks === 'asked') first.current?.focus();
  }, [asks]);
  if (asks !== 'asks') {
    return (
      <Button ref={first} className="danger" appearance="subtle" disabledFocusable={busy} onClick={() => setAsks('asks')}>
        {words.remove}
      </Button>
    );
  }
  return (
    <span className="sure" role="group" aria-label={words.remove}>
      {words.removeText}
      <Button className="danger" disabledFocusable={busy} onClick={remove}>
        {words.removeSure}
      </Button>
      <Button ref={back} appearance="subtle" onClick={() => setAsks('asked')}>
        {words.cancel}
      </Button>
    </span>
  );
}
