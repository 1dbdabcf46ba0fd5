import { PersonKeyRegular } from '@fluentui/react-icons/svg/person-key';
import { Suspense, lazy, useEffect, useState } from 'react';
import { troubleOf } from '../../../invite/trouble.ts';
import { isOnPremises } from '../../../office/identity.ts';
import { needsLink } from '../../../talk/link.ts';
import { tellSignedIn } from '../../frame/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Message } from '../../parts/message.tsx';
import type { Said } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { saidOf } from './trouble-said.ts';

/** Once in the life of a mailbox. */
const LinkAccount = lazy(async () => ({ default: (await import(/* webpackChunkName: "link-account" */ './link-account.tsx')).LinkAccount }));

/** Nobody is signed in; a window may open only now that a person asks for it. */
export function SignedOut({ done: shown }: { done: () => void }) {
  const { words, messages, language, server } = useSurroundings();
  const [failed, setFailed] = useState<Said | undefined>(undefined);
  const { signedOut } = words;
  const [isUnlinked, setIsUnlinked] = useState(false);
  useEffect(() => {
    if (isOnPremises()) void needsLink(server.transport).then(setIsUnlinked);
  }, [server]);

  function done(): void {
    tellSignedIn();
    shown();
  }

  async function signIn(): Promise<void> {
    setFailed(undefined);
    try {
      await server.signIn.ask();
      done();
    } catch (fault) {
      const again = (): void => void signIn();
      const known = saidOf(troubleOf(fault), { messages, language, server: new URL(server.origin).host, again, add: again, unreached: messages.unreachable.elsewhere });
      setFailed(known ?? { weight: 'amber', lead: signedOut.failed, text: signedOut.failedText });
    }
  }

  if (isUnlinked) {
    return (
      <Suspense>
        <LinkAccount done={done} />
      </Suspense>
    );
  }
  return (
    <div className="panel">
      <Empty icon={<PersonKeyRegular />} title={signedOut.title} text={signedOut.text}>
        <Button appearance="primary" onClick={() => void signIn()}>
          {signedOut.button}
        </Button>
        <p>{signedOut.hint}</p>
        <a href={`${server.origin}/privacy`} target="_blank" rel="noopener noreferrer">
          {signedOut.privacy}
        </a>
      </Empty>
      {failed === undefined ? null : <Message {...failed} />}
    </div>
  );
}
