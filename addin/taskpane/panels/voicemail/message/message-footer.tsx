import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { MailUnreadRegular } from '@fluentui/react-icons/svg/mail-unread';
import { ShareRegular } from '@fluentui/react-icons/svg/share';
import { useListeningWords } from '../listening-words.ts';
import type { ShownState } from '../shown.ts';
import { Button } from '../../../parts/button.tsx';
import type { ShownMessage } from './use-message.ts';

/** What can be done with the message itself. Deleting is at the far end, in red, and can be undone. */
export function MessageFooter({ state, act, forward }: { state: ShownState; act: ShownMessage['act']; forward: () => void }) {
  const { listening: words } = useListeningWords();
  if (state === 'deleted') {
    return (
      <div className="footer">
        <Button appearance="subtle" icon={<ArrowUndoRegular />} onClick={() => act('restored')}>
          {words.restore}
        </Button>
      </div>
    );
  }
  return (
    <div className="footer keep-or-remove">
      <Button appearance="subtle" icon={<ShareRegular />} data-page="forward" onClick={forward}>
        {words.forward}
      </Button>
      {state === 'heard' ? (
        <Button appearance="subtle" icon={<MailUnreadRegular />} aria-label={words.markUnheardThis} onClick={() => act('unheard')}>
          {words.markUnheard}
        </Button>
      ) : null}
      {state === 'gone' ? null : (
        <Button appearance="subtle" icon={<DeleteRegular />} className="danger" onClick={() => act('removed')}>
          {words.remove}
        </Button>
      )}
    </div>
  );
}
