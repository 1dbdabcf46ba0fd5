import type { LiveState } from '../../../../contract/live.ts';
import type { VoicemailView } from '../../../../contract/voicemail.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { follow } from '../../../talk/live.ts';
import type { Server } from '../../../talk/server.ts';
import { voicemailTalk } from '../../../talk/voicemail.ts';
import { signal } from '../../frame/signal.ts';
import { countsOf } from './shown.ts';

/** My messages as they stand, for everything in the pane that shows them. */
export interface FeedState {
  /** Newest first; undefined until the first answer. */
  items: readonly VoicemailView[] | undefined;
  /** Changes are told as they happen; false: it is from `asOf` (epoch ms). */
  isLive: boolean;
  asOf: number;
  /** Why there is no answer. */
  trouble: Trouble | undefined;
  /** There may be older ones than those here. */
  hasOlder: boolean;
}

export interface Feed {
  state: () => FeedState;
  subscribe: (changed: () => void) => () => void;
  /** Asks once more, after a failure or a sign-in. */
  again: () => void;
  older: () => void;
  /** What the server answered about one of them. */
  put: (item: VoicemailView) => void;
}

/** The live list has no more (server/features/voicemail). */
const LIVE_COUNT = 50;

function isList(state: LiveState['state']): state is VoicemailView[] {
  return Array.isArray(state) && state.every((each) => 'callerNumber' in each);
}

/** A live list in place of what was there; what is older than its last one stays. */
export function merged(before: readonly VoicemailView[], live: readonly VoicemailView[]): readonly VoicemailView[] {
  const last = live.at(-1);
  if (last === undefined || live.length < LIVE_COUNT) return live;
  const known = new Set(live.map(({ id }) => id));
  return [...live, ...before.filter(({ id, leftAt }) => !known.has(id) && leftAt <= last.leftAt)];
}

const feeds = new WeakMap<Server, Feed>();

/** The one feed of this pane; it begins to follow the server when it is first asked for. */
export function feedOf(server: Server): Feed {
  let feed = feeds.get(server);
  if (feed === undefined) {
    feed = createFeed(server);
    feeds.set(server, feed);
  }
  return feed;
}

function createFeed(server: Server): Feed {
  const talk = voicemailTalk(server.transport);
  const watchers = new Set<() => void>();
  let state: FeedState = { items: undefined, isLive: true, asOf: Date.now(), trouble: undefined, hasOlder: false };
  /** Grows with every live list: an answer that was asked for before it is older. */
  let told = 0;

  function tell(news: Partial<FeedState>): void {
    state = { ...state, ...news };
    if (state.items !== undefined) signal({ unheard: countsOf(state.items).unheard });
    for (const watcher of watchers) watcher();
  }

  function again(): void {
    const before = told;
    talk.list().then(
      (items) => before === told && tell({ items: merged(state.items ?? [], items), trouble: undefined, hasOlder: items.length >= LIVE_COUNT, asOf: Date.now() }),
      (fault: unknown) => state.items === undefined && tell({ trouble: troubleOf(fault) }),
    );
  }

  void follow(
    server.transport, 'voicemail',
    (heard) => {
      if (!isList(heard.state)) return;
      told += 1;
      tell({ items: merged(state.items ?? [], heard.state), isLive: true, trouble: undefined, hasOlder: state.hasOlder || heard.state.length >= LIVE_COUNT, asOf: Date.now() });
    },
    (isLive) => isLive !== state.isLive && tell(isLive ? { isLive } : { isLive, asOf: Date.now() }),
    // For the life of the pane.
    new AbortController().signal,
  );

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    again,
    older() {
      const { items } = state;
      const last = items?.at(-1);
      if (items === undefined || last === undefined) return;
      talk.list(last.leftAt).then(
        (more) => tell({ items: [...(state.items ?? []), ...more.filter(({ id }) => !state.items?.some((each) => each.id === id))], hasOlder: more.length >= LIVE_COUNT }),
        (fault: unknown) => tell({ trouble: troubleOf(fault) }),
      );
    },
    put(item) {
      told += 1;
      const items = state.items ?? [];
      const isKnown = items.some(({ id }) => id === item.id);
      const newer = items.filter(({ leftAt }) => leftAt >= item.leftAt).length;
      tell({ items: isKnown ? items.map((each) => (each.id === item.id ? item : each)) : [...items.slice(0, newer), item, ...items.slice(newer)] });
    },
  };
}
