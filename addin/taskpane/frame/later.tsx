import { Suspense, lazy, useEffect, useState, useSyncExternalStore } from 'react';
import { limitWords } from '../../../words/limits.ts';
import { waitingNow, watchWaiting } from '../panels/people/waiting.ts';
import { feedOf } from '../panels/voicemail/feed.ts';
import { Message } from '../parts/message.tsx';
import { useSurroundings } from '../surroundings.tsx';

const FreeNotice = lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ '../panels/people/free-notice.tsx')).FreeNotice }));

/** Since when this computer has no network, epoch ms; undefined while it has one. */
function useOfflineSince(): number | undefined {
  const [since, setSince] = useState(() => (navigator.onLine ? undefined : Date.now()));
  useEffect(() => {
    const gone = (): void => setSince((before) => before ?? Date.now());
    const back = (): void => setSince(undefined);
    window.addEventListener('offline', gone);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('offline', gone);
      window.removeEventListener('online', back);
    };
  }, []);
  return since;
}

/**
 * What can wait until the first panel is there, and must be there before the network goes: the live number of unheard messages, and the word that there is no network. Until that went,
 * everything was live; so that instant is what the screen is from.
 */
export function Later() {
  const { language, times, server } = useSurroundings();
  const since = useOfflineSince();
  useEffect(() => void feedOf(server), [server]);
  const isAnyFree = useSyncExternalStore(watchWaiting, waitingNow).some(({ freeSince }) => freeSince !== null);
  const [hasNotice, setHasNotice] = useState(false);
  // It stays once it was there: a call that was begun in it is followed to its end.
  useEffect(() => void (isAnyFree && setHasNotice(true)), [isAnyFree]);
  const notice = hasNotice ? <Suspense><FreeNotice /></Suspense> : null;
  if (since === undefined) return notice;
  const words = limitWords(language).offline;
  return (
    <>
      <div className="notice">
        <Message weight="amber" lead={words.title} text={words.text(times.time(since))} />
      </div>
      {notice}
    </>
  );
}
