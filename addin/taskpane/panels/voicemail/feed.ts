import type { LiveState } from '../../../../contract/live.ts';
import type { SharedVoicemail, VoicemailTeamView } from '../../../../contract/voicemail/team.ts';
import type { VoicemailView } from '../../../../contract/voicemail/voicemail.ts';
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
  /** Those of the boxes that I share, newest first. */
  shared: readonly SharedVoicemail[];
  /** Why mail and voicemail are not in step, codes; a newer server may know more of them. */
  inTheWay: readonly string[];
  /** Grows with all that is told: what else is known of a message may have changed with it. */
  told: number;
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
  /** Who looks after one of a shared box, as the server answered. */
  putTeam: (id: string, team: VoicemailTeamView) => void;
}

/** The live list has no more (server/features/voicemail). */
const LIVE_COUNT = 50;

/** Two live topics that both show it (contract/live.ts). */
const IN_THE_WAY = 'voicemail-in-the-way';

function isList(state: LiveState['state']): state is VoicemailView[] {
  return Array.isArray(state) && state.every((each) => 'callerNumber' in each);
}

function isShared(state: LiveState['state']): state is SharedVoicemail[] {
  return Array.isArray(state) && state.every((each) => 'team' in each);
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
  let state: FeedState = { items: undefined, shared: [], inTheWay: [], told: 0, isLive: true, asOf: Date.now(), trouble: undefined, hasOlder: false };

  function tell(news: Partial<FeedState>): void {
    state = { ...state, ...news };
    if (state.items !== undefined) signal({ unheard: countsOf(state.items).unheard });
    for (const watcher of watchers) watcher();
  }
  const hear = (news: Partial<FeedState>): void => tell({ ...news, told: state.told + 1 });

  function again(): void {
    // What was told meanwhile is newer than an answer to this.
    const before = state.told;
    talk.list().then(async (first) => [first, await talk.teamList()] as const).then(
      ([{ voicemail: items, inTheWay = [] }, shared]) => before === state.told && tell({ items: merged(state.items ?? [], items), shared, inTheWay, trouble: undefined, hasOlder: items.length >= LIVE_COUNT, asOf: Date.now() }),
      (fault: unknown) => state.items === undefined && tell({ trouble: troubleOf(fault) }),
    );
  }

  void follow(
    server.transport, ['voicemail', 'team-voicemail', IN_THE_WAY, `${IN_THE_WAY}:all`],
    (heard) => {
      // Nothing is known of a message by this: what is shown of one is not asked for again.
      if (heard.topic.startsWith(IN_THE_WAY)) return void (heard.state !== null && 'inTheWay' in heard.state && tell(heard.state));
      if (heard.topic === 'team-voicemail') return void (isShared(heard.state) && hear({ shared: heard.state }));
      if (isList(heard.state)) hear({ items: merged(state.items ?? [], heard.state), isLive: true, trouble: undefined, hasOlder: state.hasOlder || heard.state.length >= LIVE_COUNT, asOf: Date.now() });
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
        ({ voicemail: more }) => tell({ items: [...(state.items ?? []), ...more.filter(({ id }) => !state.items?.some((each) => each.id === id))], hasOlder: more.length >= LIVE_COUNT }),
        (fault: unknown) => tell({ trouble: troubleOf(fault) }),
      );
    },
    put(item) {
      if (state.shared.some(({ voicemail }) => voicemail.id === item.id)) return hear({ shared: state.shared.map((each) => (each.voicemail.id === item.id ? { ...each, voicemail: item } : each)) });
      const items = state.items ?? [];
      const isKnown = items.some(({ id }) => id === item.id);
      const newer = items.filter(({ leftAt }) => leftAt >= item.leftAt).length;
      return hear({ items: isKnown ? items.map((each) => (each.id === item.id ? item : each)) : [...items.slice(0, newer), item, ...items.slice(newer)] });
    },
    putTeam: (id, team) => hear({ shared: state.shared.map((each) => (each.voicemail.id === id ? { ...each, team } : each)) }),
  };
}
