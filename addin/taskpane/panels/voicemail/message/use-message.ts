import { useCallback, useEffect, useRef, useState } from 'react';
import type { VoicemailView } from '../../../../../contract/voicemail.ts';
import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import { voicemailTalk } from '../../../../talk/voicemail.ts';
import type { OneVoicemail, VoicemailTalk } from '../../../../talk/voicemail.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { useFeed } from '../use-feed.ts';
import { stateOf } from '../shown.ts';

/** One message, live, and what can be done with it. */
export interface ShownMessage {
  item: VoicemailView | undefined;
  /** Its history, once it is here. */
  one: OneVoicemail | undefined;
  /** Why there is nothing, or why the last press did nothing. */
  trouble: Trouble | undefined;
  /** What was done here last. */
  done: 'removed' | 'restored' | 'unheard' | undefined;
  /** It was deleted while it was open here, and not from here. */
  deletedElsewhere: boolean;
  again: () => void;
  act: (done: NonNullable<ShownMessage['done']>) => void;
}

const deeds: Record<NonNullable<ShownMessage['done']>, (talk: VoicemailTalk, id: string) => Promise<VoicemailView>> = {
  removed: (talk, id) => talk.remove(id),
  restored: (talk, id) => talk.restore(id),
  unheard: (talk, id) => talk.mark(id, false),
};

export function useMessage(id: string): ShownMessage {
  const { server } = useSurroundings();
  const { items, put } = useFeed();
  const [one, setOne] = useState<OneVoicemail | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [done, setDone] = useState<ShownMessage['done']>(undefined);
  const [deletedElsewhere, setDeletedElsewhere] = useState(false);
  const [round, setRound] = useState(0);
  const live = items?.find((each) => each.id === id);
  const item = live ?? (one?.voicemail.id === id ? one.voicemail : undefined);
  // Whatever is told of it may have a reason that stands in its history.
  const stamp = JSON.stringify(live ?? null);

  useEffect(() => {
    let current = true;
    voicemailTalk(server.transport).one(id).then(
      (next) => {
        if (!current) return;
        setOne(next);
        setTrouble(undefined);
      },
      (fault: unknown) => current && setTrouble(troubleOf(fault)),
    );
    return () => {
      current = false;
    };
  }, [server, id, stamp, round]);

  const before = useRef<string | undefined>(undefined);
  const state = item && stateOf(item);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (was === undefined || state === undefined || was === state) return;
    if (state === 'deleted' && done !== 'removed') setDeletedElsewhere(true);
    if (state !== 'deleted') setDeletedElsewhere(false);
  }, [state, done]);

  const act = useCallback(
    (wanted: NonNullable<ShownMessage['done']>) => {
      setDone(wanted);
      setTrouble(undefined);
      deeds[wanted](voicemailTalk(server.transport), id).then(put, (fault: unknown) => {
        setDone(undefined);
        setTrouble(troubleOf(fault));
      });
    },
    [server, id, put],
  );
  return { item, one, trouble, done, deletedElsewhere, again: () => setRound((count) => count + 1), act };
}
