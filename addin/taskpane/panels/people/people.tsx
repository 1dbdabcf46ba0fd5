import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { Empty } from '../../parts/empty.tsx';
import { useSurroundings } from '../../surroundings.tsx';

/** Who can be reached. */
export function People() {
  const { words } = useSurroundings();
  return (
    <div className="panel">
      <Empty icon={<PeopleRegular />} title={words.noRecipients.title} text={words.noRecipients.text} />
    </div>
  );
}
