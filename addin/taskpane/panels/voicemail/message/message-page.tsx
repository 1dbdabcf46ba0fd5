import { useState } from 'react';
import { Panel } from '../../../parts/panel.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { Wait } from '../../../parts/wait.tsx';
import { SignedOut } from '../../meeting/signed-out.tsx';
import { useListeningWords } from '../listening-words.ts';
import { stateOf } from '../shown.ts';
import { ForwardPage } from './forward-page.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageFooter } from './message-footer.tsx';
import { useMessage } from './use-message.ts';

/** One message, beside its mail; or, with `back`, behind a row of the list. */
export function MessagePage({ id, back }: { id: string; back?: { name: string; close: () => void } }) {
  const { listening: words } = useListeningWords();
  const message = useMessage(id);
  const [forwards, setForwards] = useState(false);
  const { item, trouble, again, act } = message;
  if (item === undefined && trouble?.kind === 'signed-out') return <SignedOut done={again} />;
  if (item !== undefined && forwards) return <ForwardPage item={item} close={() => setForwards(false)} sent={() => again()} />;
  const inside = item === undefined ? <Wait asked={{ trouble, again }} text={words.loadingOne} unreached={words.unreached} /> : <MessageBody item={item} message={message} />;
  return (
    <>
      {back === undefined ? <Panel>{inside}</Panel> : <SecondPage back={back.name} title={item === undefined ? words.message : undefined} close={back.close}>{inside}</SecondPage>}
      {item === undefined ? null : <MessageFooter state={stateOf(item)} access={message.team?.access ?? 'manage'} isOpen={(item.protection ?? 'none') === 'none'} act={act} forward={() => setForwards(true)} />}
    </>
  );
}
