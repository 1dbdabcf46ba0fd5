import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newInvite } from '../../../invite/new-invite.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { canOpenAppointment } from '../../../office/new-appointment.ts';
import { Button } from '../../parts/button.tsx';
import { Message } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { Mine } from './mine.tsx';
import { needsSignIn } from './needs-sign-in.ts';
import { SignedOut } from './signed-out.tsx';
import { saidOf } from './trouble-said.ts';

/** My conferences; and a new invite to everybody in the mail beside the pane. */
export function Next() {
  const { server, language, messages, meeting: words, opening } = useSurroundings();
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isMaking, setIsMaking] = useState(false);
  const asked = useRef(opening.asked);

  const start = useCallback(() => {
    setTrouble(undefined);
    setIsMaking(true);
    newInvite(server)
      .catch((fault: unknown) => setTrouble(troubleOf(fault)))
      .finally(() => setIsMaking(false));
  }, [server]);
  useEffect(() => {
    // The ribbon's *New conference* has pressed the button already.
    if (asked.current !== 'new') return;
    asked.current = undefined;
    if (canOpenAppointment()) start();
  }, [start]);

  if (needsSignIn(trouble)) return <SignedOut done={() => setTrouble(undefined)} />;
  const said = trouble === undefined ? undefined : saidOf(trouble, { messages, language, server: new URL(server.origin).host, again: start, add: start, unreached: messages.unreachable.elsewhere });
  return (
    <div className="panel">
      {said === undefined ? null : <Message {...said} />}
      {canOpenAppointment() ? (
        <Button className="wide" icon={<AddRegular />} disabledFocusable={isMaking} onClick={start}>
          {isMaking ? words.adding : words.newConference}
        </Button>
      ) : null}
      <Mine signIn={setTrouble} />
    </div>
  );
}
