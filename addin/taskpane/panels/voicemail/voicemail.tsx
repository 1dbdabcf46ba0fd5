import { PersonProhibitedRegular } from '@fluentui/react-icons/svg/person-prohibited';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Wait } from '../../parts/wait.tsx';
import { SignedOut } from '../meeting/signed-out.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { List } from './list/list.tsx';
import { useListeningWords } from './listening-words.ts';
import { MessagePage } from './message/message-page.tsx';
import type { Shown } from './shown.ts';
import { useMail } from './use-mail.ts';
import './voicemail.css';

/** Messages that callers left: the one whose mail Outlook shows, else the list. */
export function Voicemail() {
  const { listening } = useListeningWords();
  const mail = useMail();
  const [wantsList, setWantsList] = useState(false);
  const { value, trouble, again } = mail;
  if (trouble?.kind === 'signed-out') return <SignedOut done={again} />;
  if (value === undefined) return <Panel still={trouble === undefined ? listening.loadingOne : undefined} busy={trouble === undefined}><Wait asked={mail} text={listening.loadingOne} unreached={listening.unreached} /></Panel>;
  if (wantsList || value.kind === 'none') return <Messages />;
  if (value.kind === 'mine') return <MessagePage id={value.id} />;
  return (
    <Panel>
      <Empty icon={<PersonProhibitedRegular />} title={listening.notYours.title} text={listening.notYours.text}>
        <Button onClick={() => setWantsList(true)}>{listening.notYours.button}</Button>
      </Empty>
    </Panel>
  );
}

/** The list, and a message behind each row. */
function Messages() {
  const { words } = useSurroundings();
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const [from, setFrom] = useState<string | undefined>(undefined);
  const [filter, setFilter] = useState<Shown>('all');
  if (opened === undefined) return <List open={setOpened} from={from} filter={filter} setFilter={setFilter} />;
  const close = (): void => {
    setFrom(opened);
    setOpened(undefined);
  };
  return <MessagePage id={opened} back={{ name: words.tabs.voicemail, close }} />;
}
