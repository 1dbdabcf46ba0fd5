import { MicOffRegular } from '@fluentui/react-icons/svg/mic-off';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import type { RoomView } from '../../../../../contract/conference/room.ts';
import type { RoomWords } from '../../../../../words/room.ts';
import { Button } from '../../../parts/button.tsx';
import { Row, Rows } from '../../../parts/row.tsx';
import { lineOf, nameOf } from './room-said.ts';
import type { Room } from './use-room.ts';

/** Who is in on one bridge, each with what may be done about them. */
export function PeopleRows({ bridge, people, command, words }: { bridge: RoomView['bridges'][number]; people: RoomView['people']; command: Room['command']; words: RoomWords }) {
  const may = (deed: RoomView['bridges'][number]['may'][number]): boolean => bridge.may.includes(deed);
  return (
    <Rows>
      {people.map((person) => {
        const name = nameOf(person, words);
        const { leg, isMuted } = person;
        const turn = isMuted ? 'unmute' : 'mute';
        return (
          <Row key={leg} icon={isMuted ? <MicOffRegular /> : <PersonRegular />} title={<bdi>{name}</bdi>} text={lineOf(person, words)}>
            {may(turn) ? (
              <Button size="small" aria-label={isMuted ? words.unmuteThis(name) : words.muteThis(name)} onClick={() => command({ bridge: bridge.instance, what: turn, leg })}>
                {words[turn]}
              </Button>
            ) : null}
            {may('kick') ? (
              <Button size="small" className="danger" aria-label={words.kickThis(name)} onClick={() => command({ bridge: bridge.instance, what: 'kick', leg })}>
                {words.kick}
              </Button>
            ) : null}
          </Row>
        );
      })}
    </Rows>
  );
}
