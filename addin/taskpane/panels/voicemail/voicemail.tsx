import { VoicemailRegular } from '@fluentui/react-icons/svg/voicemail';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSurroundings } from '../../surroundings.tsx';

/** Messages that callers left. */
export function Voicemail() {
  const { words } = useSurroundings();
  return (
    <Panel still>
      <Empty icon={<VoicemailRegular />} title={words.noVoicemail.title} text={words.noVoicemail.text} />
    </Panel>
  );
}
