import { Button, Spinner } from '@fluentui/react-components';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AdminWords } from '../../words/admin.ts';
import type { Language } from '../../words/pick.ts';
import type { Transport } from '../talk/http.ts';
import { endSession } from '../talk/session.ts';
import type { BrowserSession } from '../talk/session.ts';
import { followKept, hasUnsaved } from './kept.ts';
import type { Kept } from './kept.ts';
import { sectionOf, sections } from './sections/index.ts';
import type { SectionName } from './sections/index.ts';
import { Surround } from './surroundings.tsx';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

interface Given {
  session: BrowserSession;
  transport: Transport;
  language: Language;
  words: AdminWords;
  kept: Kept;
  signedOut: () => void;
}

/** Who is here, the list of sections, and the one in view. */
export function Frame({ session, transport, language, words, kept, signedOut }: Given) {
  const name = useSyncExternalStore(subscribe, () => sectionOf(location.hash));
  const surroundings = useMemo(() => ({ transport, language, words, kept, signedOut }), [transport, language, words, kept, signedOut]);
  const follow = useCallback((changed: () => void) => followKept(kept, changed), [kept]);
  const isUnsaved = useSyncExternalStore(follow, () => hasUnsaved(kept));
  const content = useRef<HTMLElement>(null);
  const shown = useRef(name);
  useEffect(() => {
    document.title = `${words.sections[name]} · ${words.title} · Tieline`;
    if (shown.current === name) return;
    shown.current = name;
    // A section is a page of its own: it begins at its top, for eyes and for whoever hears it.
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [name, words]);
  const Section = sections[name];
  return (
    <Surround value={surroundings}>
      <header className="bar">
        <b>Tieline</b>
        <nav aria-label={words.title}>
          {(Object.keys(sections) as SectionName[]).map((each) => (
            <a key={each} href={`#${each}`} aria-current={each === name ? 'page' : undefined}>
              {words.sections[each]}
            </a>
          ))}
        </nav>
        <div className="account">
          <span className="quiet">{isUnsaved ? words.unsaved : ''}</span>
          <span>{session.name}</span>
          <SignOut session={session} words={words} />
        </div>
      </header>
      <main id="content" ref={content} tabIndex={-1} aria-label={words.sections[name]}>
        <Suspense fallback={<Spinner label={words.loading} />}>
          <Section />
        </Suspense>
      </main>
    </Surround>
  );
}

/** Ends the session; whoever has something unsaved is asked by the browser before the page goes. */
function SignOut({ session, words }: { session: BrowserSession; words: AdminWords }) {
  const [hasFailed, setFailed] = useState(false);
  return (
    <>
      <Button size="small" appearance="subtle" onClick={() => void endSession(session).then((page) => location.assign(page), () => setFailed(true))}>
        {words.signOut}
      </Button>
      <span role="status">{hasFailed ? words.failed : ''}</span>
    </>
  );
}
