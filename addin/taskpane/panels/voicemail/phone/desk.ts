import type { CallRequest, CallView, OwnPhone } from '../../../../../contract/people/calls.ts';
import type { LiveState } from '../../../../../contract/live.ts';
import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import { follow } from '../../../../talk/live.ts';
import type { Server } from '../../../../talk/server.ts';
import { voicemailTalk } from '../../../../talk/voicemail.ts';

/** My desk phone, as this pane has it ring. */
export interface DeskState {
  /** My phones that can be rung; undefined until the server has told. */
  phones: readonly OwnPhone[] | undefined;
  /** What was begun here last, and how it goes. */
  call: CallView | undefined;
  /** Why the last press reached nobody, and what was pressed. */
  refused: { trouble: Trouble; wish: Wish } | undefined;
}

/** What somebody wants to be rung for. */
export type Wish = Pick<CallRequest, 'number' | 'voicemailId' | 'phone'>;

export interface Desk {
  state: () => DeskState;
  subscribe: (changed: () => void) => () => void;
  /** Asks for the phones anew. */
  look: () => void;
  ring: (wish: Wish) => void;
  hangUp: () => void;
  /** What was said of the last call is not shown any more. */
  dismiss: () => void;
}

function isCalls(state: LiveState['state']): state is CallView[] {
  return Array.isArray(state) && state.every((each) => 'voicemailId' in each && 'phone' in each);
}

const desks = new WeakMap<Server, Desk>();

/** The one desk phone of this pane: a call goes on when item or tab change. */
export function deskOf(server: Server): Desk {
  let desk = desks.get(server);
  if (desk === undefined) {
    desk = createDesk(server);
    desks.set(server, desk);
  }
  return desk;
}

function createDesk(server: Server): Desk {
  const talk = voicemailTalk(server.transport);
  const watchers = new Set<() => void>();
  let state: DeskState = { phones: undefined, call: undefined, refused: undefined };
  /** Open only while a call goes on: browsers have few connections to one server. */
  let stream: AbortController | undefined;

  function tell(news: Partial<DeskState>): void {
    state = { ...state, ...news };
    for (const watcher of watchers) watcher();
  }

  function heard(call: CallView | undefined): void {
    if (call === undefined || call.id !== state.call?.id) return;
    tell({ call });
    if (call.state === 'ended') stream?.abort();
  }

  function watch(call: CallView): void {
    stream?.abort();
    tell({ call, refused: undefined });
    if (call.state === 'ended') return;
    stream = new AbortController();
    void follow(server.transport, 'calls', (live) => isCalls(live.state) && heard(live.state.find(({ id }) => id === call.id)), () => undefined, stream.signal);
  }

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    look() {
      talk.phones().then(({ phones }) => tell({ phones }), () => undefined);
    },
    ring(wish) {
      tell({ refused: undefined, call: undefined });
      // One id for each press: sent twice over a bad line, nothing rings twice.
      talk.call({ ...wish, id: crypto.randomUUID() }).then(watch, (fault: unknown) => tell({ refused: { trouble: troubleOf(fault), wish } }));
    },
    hangUp() {
      const { call } = state;
      if (call === undefined || call.state === 'ended') return;
      talk.hangUp(call.id).then(heard, (fault: unknown) => tell({ refused: { trouble: troubleOf(fault), wish: {} } }));
    },
    dismiss: () => tell({ call: undefined, refused: undefined }),
  };
}
