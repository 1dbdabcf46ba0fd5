import { Fragment } from 'react';
import type { SharedVoicemail } from '../../../../../contract/voicemail/team.ts';
import { useListeningWords } from '../listening-words.ts';
import { nameOf } from '../shown.ts';
import { TeamLine } from '../team/team-line.tsx';
import { MessageRow } from './message-row.tsx';

/** Messages of the boxes that I share, box by box, each with who looks after it. */
export function SharedBoxes({ shared, open }: { shared: readonly SharedVoicemail[]; open: (id: string) => void }) {
  const { listening: words } = useListeningWords();
  const keyOf = ({ team }: SharedVoicemail): string => `${team.box.instance}/${team.box.box}`;
  return [...new Set(shared.map(keyOf))].map((key) => {
    const messages = shared.filter((each) => keyOf(each) === key);
    return (
      <Fragment key={key}>
        <h3>{words.sharedBox(messages[0]?.team.box.name ?? '')}</h3>
        <ul className="rows wide-rows">
          {messages.map(({ voicemail, team }) => (
            <MessageRow key={voicemail.id} item={voicemail} open={open}>
              <TeamLine id={voicemail.id} caller={nameOf(voicemail, words)} team={team} />
            </MessageRow>
          ))}
        </ul>
      </Fragment>
    );
  });
}
