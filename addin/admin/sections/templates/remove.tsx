import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useSurroundings } from '../../surroundings.tsx';

/** Removes a template after a second press: there is no undo, and conferences that have it change their text. */
export function Remove({ remove, busy }: { remove: () => void; busy: boolean }) {
  const words = useSurroundings().words.templates;
  const [asks, setAsks] = useState(false);
  if (!asks) {
    return (
      <Button className="danger" appearance="subtle" disabled={busy} onClick={() => setAsks(true)}>
        {words.remove}
      </Button>
    );
  }
  return (
    <span className="sure" role="group" aria-label={words.remove}>
      {words.removeText}
      <Button className="danger" disabled={busy} onClick={remove}>
        {words.removeSure}
      </Button>
      <Button appearance="subtle" onClick={() => setAsks(false)}>
        {words.cancel}
      </Button>
    </span>
  );
}
