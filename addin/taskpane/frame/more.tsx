import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { ownAddress, ownName } from '../../office/context.ts';
import { LinkRow, Rows } from '../parts/row.tsx';
import { SecondPage } from '../parts/second-page.tsx';
import { useSurroundings } from '../surroundings.tsx';

/** What stands behind the three dots. */
export function More({ close }: { close: () => void }) {
  const { words, server } = useSurroundings();
  const name = [ownName(), ownAddress()].filter((part) => part !== '').join(', ');
  return (
    <SecondPage back={words.tabs.label} title={words.more} close={close}>
      <Rows>
        <LinkRow icon={<QuestionCircleRegular />} title={words.help} href={`${server.origin}/help`} />
        <LinkRow icon={<ShieldRegular />} title={words.signedOut.privacy} href={`${server.origin}/privacy`} />
      </Rows>
      {name === '' ? null : <p className="quiet">{words.signedInAs(name)}</p>}
    </SecondPage>
  );
}
