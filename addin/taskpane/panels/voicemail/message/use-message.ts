import { useCallback, useEffect, useRef, useState } from 'react';
import type { VoicemailTeamView } from '../../../../../contract/voicemail/team.ts';
import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
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
  /** Who looks after it; null when nobody shares its box, and while that is not told. */
  team: VoicemailTeamView | null;
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
  const { items, shared, told, put } = useFeed();
  const [one, setOne] = useState<OneVoicemail | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [done, setDone] = useState<ShownMessage['done']>(undefined);
  const [deletedElsewhere, setDeletedElsewhere] = useState(false);
  const [round, setRound] = useState(0);
  const ofTeam = shared.find(({ voicemail }) => voicemail.id === id);
  const live = ofTeam?.voicemail ?? items?.find((each) => each.id === id);
  const item = live ?? (one?.voicemail.id === id ? one.voicemail : undefined);

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
    // Its history, its team, its text and where it was sent may have changed with whatever is told.
  }, [server, id, told, round]);

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
  return { item, one, team: ofTeam?.team ?? one?.team ?? null, trouble, done, deletedElsewhere, again: () => setRound((count) => count + 1), act };
}
