import { useEffect, useSyncExternalStore } from 'react';
import { useSurroundings } from '../../surroundings.tsx';
import { feedOf } from './feed.ts';
import type { Feed, FeedState } from './feed.ts';

/** My messages, live; asked for at once when nothing was told yet, so that a failure has words. */
export function useFeed(): FeedState & Pick<Feed, 'again' | 'older' | 'put' | 'putTeam'> {
  const { server } = useSurroundings();
  const feed = feedOf(server);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  useEffect(() => {
    if (feed.state().items === undefined) feed.again();
  }, [feed]);
  return { ...state, again: feed.again, older: feed.older, put: feed.put, putTeam: feed.putTeam };
}
