import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AdminWords } from '../../words/admin.ts';
import type { Language } from '../../words/pick.ts';
import { readSession, sessionTransport } from '../talk/session.ts';
import type { BrowserSession } from '../talk/session.ts';
import { Frame } from './frame.tsx';
import { hasUnsaved, makeKept } from './kept.ts';

/** What is known of whoever looks at the page; `ended`: the session that was, while what was written is still here. */
type Known = { session: BrowserSession; ended: boolean } | 'loading' | 'nobody' | 'away';

/** The role that every endpoint behind this page asks for; the server decides, this only says so early. */
const ROLES = ['administrator'];

function goToSignIn(): void {
  location.assign(`/sign-in?return=${encodeURIComponent(`${location.pathname}${location.search}${location.hash}`)}`);
}

/** This page stays as it is; the other one signs in for both. */
function signInBeside(): void {
  window.open(`/sign-in?return=${encodeURIComponent(location.pathname)}`, '_blank');
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
  const kept = useMemo(makeKept, []);
  const [asks, setAsks] = useState(0);
  const shown = typeof known === 'string' ? undefined : known.session;
  const hasEnded = typeof known !== 'string' && known.ended;
  const transport = useMemo(() => shown && sessionTransport(shown, language), [shown, language]);

  useEffect(() => {
    readSession().then(
      (session) => setKnown(session === null ? 'nobody' : { session, ended: false }),
      () => setKnown('away'),
    );
  }, [asks]);
  useEffect(() => {
    if (!hasEnded || shown === undefined) return undefined;
    // Whoever signed in beside it comes back to what they wrote; somebody else begins anew.
    const look = (): void => {
      readSession().then(
        (session) => {
          if (session === null) return;
          if (session.address === shown.address) setKnown({ session, ended: false });
          else location.reload();
        },
        // Asked again when the page is looked at next.
        () => undefined,
      );
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [hasEnded, shown]);
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent): void => {
      if (hasUnsaved(kept)) event.preventDefault();
    };
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [kept]);
  const signedOut = useCallback(() => setKnown((now) => (typeof now === 'string' || now.session !== shown ? now : hasUnsaved(kept) ? { session: now.session, ended: true } : 'nobody')), [kept, shown]);

  if (known === 'loading') return <Spinner className="stop" label={words.loading} />;
  if (known === 'nobody') return <Stop notice={words.signIn} act={goToSignIn} />;
  if (known === 'away') {
    const again = (): void => {
      setKnown('loading');
      setAsks((count) => count + 1);
    };
    return <Stop notice={words.away} act={again} />;
  }
  if (transport === undefined) return null;
  const { session } = known;
  if (!session.roles.some((role) => ROLES.includes(role))) return <Stop notice={{ ...words.notAdmin, text: words.notAdmin.text(session.name) }} act={goToSignIn} />;
  return (
    <>
      {known.ended ? <Stop notice={words.ended} act={signInBeside} /> : null}
      <div hidden={known.ended}>
        <Frame session={session} transport={transport} language={language} words={words} kept={kept} signedOut={signedOut} />
      </div>
    </>
  );
}
