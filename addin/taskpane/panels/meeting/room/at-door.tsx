import { PersonQuestionMarkRegular } from '@fluentui/react-icons/svg/person-question-mark';
import type { RoomView } from '../../../../../contract/conference/room.ts';
import type { RoomWords } from '../../../../../words/room.ts';
import { Button } from '../../../parts/button.tsx';
import { Row, Rows } from '../../../parts/row.tsx';
import { nameOf } from './room-said.ts';
import type { Room } from './use-room.ts';

interface AtDoorProps {
  knocks: NonNullable<RoomView['knocks']>;
  answer: Room['answer'];
  words: RoomWords;
}

/** Who waits to be let in: above everybody who is in, because somebody has to decide. Names and numbers are what a stranger's telephone says. */
export function AtDoor({ knocks, answer, words }: AtDoorProps) {
  const { door } = words;
  return (
    <>
      <h3 data-door="">{door.title(knocks.length)}</h3>
      <p className="quiet">{door.text}</p>
      <Rows>
        {knocks.map((knock) => {
          const name = nameOf(knock, words);
          return (
            <Row key={knock.id} icon={<PersonQuestionMarkRegular />} title={<bdi>{name}</bdi>} text={knock.name === '' ? undefined : <bdi dir="ltr">{knock.number}</bdi>}>
              <Button size="small" appearance="primary" aria-label={door.letInThis(name)} onClick={() => answer(knock.id, true)}>
                {door.letIn}
              </Button>
              <Button size="small" className="danger" aria-label={door.refuseThis(name)} onClick={() => answer(knock.id, false)}>
                {door.refuse}
              </Button>
            </Row>
          );
        })}
      </Rows>
    </>
  );
}
