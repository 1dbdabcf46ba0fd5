import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeRequest, ConferenceView } from '../../../../contract/conference/conference.ts';
import type { LiveState } from '../../../../contract/live.ts';
import { loadWrite } from '../../../invite/load-write.ts';
import type { InInvite, PutOutcome } from '../../../invite/outcome.ts';
import type { PutOptions } from '../../../invite/put.ts';
import { readInvite } from '../../../invite/read.ts';
import type { InviteState } from '../../../invite/read.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { needsSignIn } from './needs-sign-in.ts';
import { NOTHING } from './shown-invite.ts';
import type { Busy, Shown } from './shown-invite.ts';
import { useLook } from './use-look.ts';

/** What may be said about a conference before it is added; the rest is as the person has set it. */
export type AddWishes = Pick<PutOptions, 'fresh' | 'bridge' | 'room'>;

/** What can be done to the invite. Each ends with a new state; none throws. */
export interface InviteActions {
  reload: () => void;
  add: (wishes: AddWishes) => void;
  /** Puts the block back, whole. */
  mend: () => void;
  remove: () => void;
  undo: () => void;
  change: (change: Omit<ChangeRequest, 'version'>) => void;
  restore: () => void;
  /** Lets the series repeat by the clock of the person's own place. */
  rezone: () => void;
  /** Leaves the text as it is, for this session of the pane. */
  leave: () => void;
}

function afterPut(before: Shown, outcome: PutOutcome): Shown {
  if (outcome.done === 'nothing') return { ...before, busy: undefined, trouble: outcome.trouble };
  // A new object, though it may say the same: what looks at the invite's text has to look again.
  return { ...NOTHING, busy: undefined, id: outcome.invite.conference.id, invite: { ...outcome.invite }, foreign: before.foreign };
}

export function useInvite(): [Shown, InviteActions] {
  const { server } = useSurroundings();
  const [shown, setShown] = useState<Shown>(NOTHING);
  // One thing at a time: two writes into one body would tread on one another.
  const running = useRef(false);
  // What was chosen while something else was being written is not lost: the last choice follows it.
  const next = useRef<(() => void) | undefined>(undefined);
  const turn = useRef(0);
  const left = useRef(false);
  useLook({ shown, setShown, running, turn, left });

  const run = useCallback((busy: Busy, work: (before: Shown) => Promise<(before: Shown) => Shown>): void => {
    if (running.current) {
      if (busy === 'updating') next.current = () => run(busy, work);
      return;
    }
    running.current = true;
    turn.current += 1;
    if (busy !== 'loading') left.current = false;
    setShown((before) => {
      void work(before)
        .catch((fault: unknown) => (now: Shown): Shown => ({ ...now, busy: undefined, trouble: troubleOf(fault) }))
        .then((after) => {
          running.current = false;
          setShown(after);
          const waiting = next.current;
          next.current = undefined;
          waiting?.();
        });
      return { ...before, busy, trouble: undefined };
    });
  }, []);

  const reload = useCallback(() => {
    run('loading', async () => {
      const state = await readInvite(server);
      return () => ({ ...NOTHING, ...state, busy: undefined });
    });
  }, [run, server]);

  useEffect(reload, [reload]);
  const isRead = shown.busy !== 'loading';
  useEffect(() => {
    // Ahead of the first press, but behind the first words.
    if (isRead) loadWrite().catch(() => undefined);
  }, [isRead]);
  useLiveState(shown.invite?.conference.id, setShown);
  useRibbon(shown.id === undefined && shown.busy === undefined && !needsSignIn(shown.trouble), setShown);

  const put = (busy: Busy, work: (before: Shown) => Promise<PutOutcome>): void =>
    run(busy, async (before) => {
      const outcome = await work(before);
      return (now) => afterPut(now, outcome);
    });

  const needInvite = (before: Shown): InInvite => {
    if (before.invite === undefined) throw new Error('there is no conference in this invite');
    return before.invite;
  };

  return [
    shown,
    {
      reload,
      add: (wishes) => put('adding', async () => (await loadWrite()).putConference(server, { ...wishes, idempotencyKey: crypto.randomUUID() })),
      mend: () => put('updating', async (before) => (await loadWrite()).renewBlock(server, needInvite(before))),
      remove: () =>
        run('removing', async () => {
          const { removeConference } = await loadWrite();
          const outcome = await removeConference(server);
          if (outcome.done === 'nothing') return (now) => ({ ...now, busy: undefined, trouble: outcome.trouble });
          return (now) => ({ ...NOTHING, busy: undefined, foreign: now.foreign, removed: { invite: outcome.invite ?? now.invite, parts: outcome.done === 'parts' } });
        }),
      undo: () =>
        put('adding', async (before) => {
          const { putConference, restoreBlock } = await loadWrite();
          const invite = before.removed?.invite;
          return invite === undefined ? putConference(server, { idempotencyKey: crypto.randomUUID() }) : restoreBlock(server, invite);
        }),
      change: (change) =>
        run('updating', async (before) => {
          const { conference } = needInvite(before);
          const { changeConference, holdItem, renewBlock } = await loadWrite();
          const same = holdItem();
          // What is there now is shown, and stands in the text, also when the wish was not granted.
          const { invite: changed, trouble } = await changeConference(server.client, conference, change);
          const outcome = await renewBlock(server, changed, same);
          return (now) => ({ ...afterPut({ ...now, invite: changed }, outcome), ...(trouble === undefined ? {} : { trouble }) });
        }),
      restore: () =>
        run('updating', async (before) => {
          const { block, conference } = needInvite(before);
          const restored = await server.client.restore(conference.id);
          return (now) => ({ ...now, busy: undefined, invite: { block, conference: restored.conference } });
        }),
      rezone: () =>
        run('updating', async () => {
          await (await loadWrite()).repeatInOwnZone();
          return (now) => ({ ...now, busy: undefined });
        }),
      leave() {
        left.current = true;
        setShown((before) => ({ ...before, damaged: false }));
      },
    },
  ];
}

function isConference(state: unknown, id: string): state is ConferenceView {
  return typeof state === 'object' && state !== null && 'id' in state && state.id === id;
}

/** Keeps the conference's state as the server has it: sent, on the bridge, somebody in. */
function useLiveState(id: string | undefined, setShown: (next: (before: Shown) => Shown) => void): void {
  const { server } = useSurroundings();
  useEffect(() => {
    if (id === undefined) return undefined;
    function hear({ state }: LiveState): void {
      if (id === undefined || !isConference(state, id)) return;
      setShown((before) => {
        if (before.invite === undefined || before.invite.conference.id !== id) return before;
        return { ...before, invite: { ...before.invite, conference: state } };
      });
    }
    return hearLive(server.transport, `conference:${id}`, hear);
  }, [id, server, setShown]);
}

/** While there is no conference in this invite: the ribbon's button may add one beside us. */
function useRibbon(isNone: boolean, setShown: (next: (before: Shown) => Shown) => void): void {
  const { server } = useSurroundings();
  useEffect(() => {
    if (!isNone) return undefined;
    const end = new AbortController();
    const found = (state: InviteState): void => setShown((before) => (before.id === undefined && before.busy === undefined ? { ...NOTHING, ...state, busy: undefined } : before));
    import(/* webpackChunkName: "later" */ './follow-ribbon.ts').then(
      ({ followRibbon }) => followRibbon(server, found, end.signal),
      () => undefined,
    );
    return () => end.abort();
  }, [isNone, server, setShown]);
}
