import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { useChoiceWords } from '../choice-words.ts';
import { lazy } from 'react';
import { limitWords } from '../../../words/limits.ts';
import { ownAddress, ownName } from '../../office/context.ts';
import { hasMailbox } from '../../office/support.ts';
import { MinePage } from '../panels/meeting/mine-page.tsx';
import { Settings } from '../panels/settings/settings.tsx';
import { Message } from '../parts/message.tsx';
import { LinkRow, PageRow, Rows } from '../parts/row.tsx';
import { SecondPage } from '../parts/second-page.tsx';
import { useSurroundings } from '../surroundings.tsx';

const MyAvailability = lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ '../panels/mine/mine-page.tsx')).MyAvailability }));

/** What stands behind the three dots: the menu itself, or one of its pages. From each the way back leads to the panel, so that there is no third level. */
export type Behind = 'menu' | 'settings' | 'mine' | 'availability';

/** Attendees are told live from here on (reference: Mailbox 1.7). */
const LIVE_SINCE = '1.7';

export function More({ shown, show, close }: { shown: Behind; show: (page: Behind) => void; close: () => void }) {
  const { words, language, server } = useSurroundings();
  const { oldOutlook } = limitWords(language);
  const choices = useChoiceWords();
  if (shown === 'availability') return <MyAvailability close={close} />;
  if (shown === 'settings') return <Settings close={close} />;
  if (shown === 'mine') return <MinePage close={close} />;
  const name = [ownName(), ownAddress()].filter((part) => part !== '').join(', ');
  return (
    <SecondPage back={words.tabs.label} title={words.more} close={close}>
      {hasMailbox(LIVE_SINCE) ? null : <Message weight="grey" lead={`${oldOutlook.title}.`} text={oldOutlook.text} />}
      <Rows>
        <PageRow icon={<CalendarLtrRegular />} title={choices.mine.title} page="mine" open={() => show('mine')} />
        <PageRow icon={<SettingsRegular />} title={words.settings} page="settings" open={() => show('settings')} />
        <LinkRow icon={<QuestionCircleRegular />} title={words.help} href={`${server.origin}/help`} />
        <LinkRow icon={<ShieldRegular />} title={words.signedOut.privacy} href={`${server.origin}/privacy`} />
      </Rows>
      {name === '' ? null : <p className="quiet">{words.signedInAs(name)}</p>}
    </SecondPage>
  );
}
