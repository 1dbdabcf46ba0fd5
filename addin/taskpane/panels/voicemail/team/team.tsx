import type { VoicemailTeamView } from '../../../../../contract/voicemail/team.ts';
import { useListeningWords } from '../listening-words.ts';
import { TeamLine } from './team-line.tsx';
import { playedSaid } from './team-said.ts';

/** Under the player: whose box it is, who looks after the message, who has played it, and what I may do. */
export function Team({ id, caller, team }: { id: string; caller: string; team: VoicemailTeamView }) {
  const { listening: words } = useListeningWords();
  const may = team.access === 'listen' ? words.mayListen : team.access === 'handle' ? words.mayHandle : '';
  const facts = [playedSaid(team.playedBy, words), may].filter(Boolean).join(' ');
  return (
    <section className="section">
      <h3>{words.sharedBox(team.box.name)}</h3>
      <TeamLine id={id} caller={caller} team={team} />
      {facts === '' ? null : <p className="quiet">{facts}</p>}
    </section>
  );
}
