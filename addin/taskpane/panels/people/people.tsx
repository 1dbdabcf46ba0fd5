import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSurroundings } from '../../surroundings.tsx';

/** Who can be reached. */
export function People() {
  const { words } = useSurroundings();
  return (
    <Panel still>
      <Empty icon={<PeopleRegular />} title={words.noRecipients.title} text={words.noRecipients.text} />
    </Panel>
  );
}
