import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import type { AdminWords } from '../../words/admin.ts';
import type { Language } from '../../words/pick.ts';
import { readSession, sessionTransport } from '../talk/session.ts';
import type { BrowserSession } from '../talk/session.ts';
import { Frame } from './frame.tsx';

/** What is known of whoever looks at the page. */
type Known = BrowserSession | 'loading' | 'nobody' | 'away';

/** The role that every endpoint behind this page asks for; the server decides, this only says so early. */
const ROLES = ['administrator'];

function goToSignIn(): void {
  location.assign(`/sign-in?return=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}

interface Notice {
  title: string;
  text: string;
  button: string;
}

function Stop({ notice, act }: { notice: Notice; act: () => void }) {
  return (
    <main className="stop">
      <h1>{notice.title}</h1>
      <p>{notice.text}</p>
      <Button appearance="primary" onClick={act}>
        {notice.button}
      </Button>
    </main>
  );
}

/** Lets administrators in; everybody else learns what is missing. */
export function Door({ language, words }: { language: Language; words: AdminWords }) {
  const [known, setKnown] = useState<Known>('loading');
  const look = useCallback(() => {
    readSession().then(
      (session) => setKnown(session ?? 'nobody'),
      () => setKnown('away'),
    );
  }, []);
  useEffect(look, [look]);

  if (known === 'loading') return <Spinner className="stop" label={words.loading} />;
  if (known === 'nobody') return <Stop notice={words.signIn} act={goToSignIn} />;
  if (known === 'away') {
    const again = (): void => {
      setKnown('loading');
      look();
    };
    return <Stop notice={words.away} act={again} />;
  }
  if (!known.roles.some((role) => ROLES.includes(role))) return <Stop notice={{ ...words.notAdmin, text: words.notAdmin.text(known.name) }} act={goToSignIn} />;
  return <Frame session={known} transport={sessionTransport(known, language)} language={language} words={words} signedOut={() => setKnown('nobody')} />;
}
