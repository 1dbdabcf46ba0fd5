import { useState } from 'react';
import type { VoicemailTeamView } from '../../../../../contract/voicemail/team.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import { voicemailTalk } from '../../../../talk/voicemail.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { useFeed } from '../use-feed.ts';
import { nextDeed, takenSaid } from './team-said.ts';

/** Who looks after a message of a shared box, and the next step. It is taken from whom its reader sees: of two who press at once, one has it and the other hears so. */
export function TeamLine({ id, caller, team }: { id: string; caller: string; team: VoicemailTeamView }) {
  const { server, times, announce } = useSurroundings();
  const { listening: words } = useListeningWords();
  const { putTeam, again } = useFeed();
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const deed = nextDeed(team);
  const text = takenSaid(team.taken, Date.now(), words, times);

  function press(): void {
    if (deed === undefined || busy) return;
    setBusy(true);
    setFault('');
    const talk = voicemailTalk(server.transport);
    const work = deed === 'finish' || deed === 'reopen' ? talk.finish(id, deed === 'finish') : talk.take(id, team.taken?.personId ?? null);
    work
      .then(
        (next) => {
          putTeam(id, next);
          announce(takenSaid(next.taken, Date.now(), words, times));
        },
        (failed: unknown) => {
          const trouble = troubleOf(failed);
          setFault(trouble.kind === 'refused' && trouble.code === 'taken-meanwhile' ? words.takenMeanwhile : `${words.notDone.lead} ${words.notDone.text}`);
          again();
        },
      )
      .finally(() => setBusy(false));
  }

  return (
    <div className="team">
      <span>{text === '' ? words.free : text}</span>
      {deed === undefined ? null : (
        <button type="button" className="link" aria-label={`${words[deed]}: ${caller}`} aria-disabled={busy} onClick={press}>
          {words[deed]}
        </button>
      )}
      {fault === '' ? null : <b role="alert">{fault}</b>}
    </div>
  );
}
