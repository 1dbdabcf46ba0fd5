import { DoorRegular } from '@fluentui/react-icons/svg/door';
import { useChoiceWords } from '../../choice-words.ts';
import { Row } from '../../parts/row.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { useFixed } from './use-fixed.ts';

interface LobbyRowProps {
  isOn: boolean;
  busy: boolean;
  turn: (isOn: boolean) => void;
}

/** Whether guests of this meeting wait in the lobby; where somebody has fixed it, who. */
export function LobbyRow({ isOn, busy, turn }: LobbyRowProps) {
  const words = useChoiceWords();
  const fixed = useFixed()('lobby');
  return (
    <Row icon={<DoorRegular />} title={<span id="lobby">{words.lobby}</span>} text={fixed}>
      <Toggle on={isOn} labelledBy="lobby" disabled={busy || fixed !== undefined} turn={turn} />
    </Row>
  );
}
