import { Spinner } from '@fluentui/react-components';
import { Suspense, useMemo, useSyncExternalStore } from 'react';
import type { AdminWords } from '../../words/admin.ts';
import type { Language } from '../../words/pick.ts';
import type { Transport } from '../talk/http.ts';
import type { BrowserSession } from '../talk/session.ts';
import { sectionOf, sections } from './sections/index.ts';
import type { SectionName } from './sections/index.ts';
import { Surround } from './surroundings.tsx';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** Who is here, the list of sections, and the one in view. */
export function Frame({ session, transport, language, words, signedOut }: { session: BrowserSession; transport: Transport; language: Language; words: AdminWords; signedOut: () => void }) {
  const name = useSyncExternalStore(subscribe, () => sectionOf(location.hash));
  const surroundings = useMemo(() => ({ transport, language, words, signedOut }), [transport, language, words, signedOut]);
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
        <span>{session.name}</span>
      </header>
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<Spinner label={words.loading} />}>
          <Section />
        </Suspense>
      </main>
    </Surround>
  );
}
