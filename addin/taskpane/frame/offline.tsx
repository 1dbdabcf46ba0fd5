import { useEffect, useState } from 'react';
import { Message } from '../parts/message.tsx';
import { useSurroundings } from '../surroundings.tsx';

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

/** Until the network went, everything was live; so that instant is what the screen is from. */
export function Offline() {
  const { words, times } = useSurroundings();
  const since = useOfflineSince();
  if (since === undefined) return null;
  return (
    <div className="notice">
      <Message weight="amber" lead={words.offline.title} text={words.offline.text(times.time(since))} />
    </div>
  );
}
