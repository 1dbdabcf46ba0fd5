import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { MailUnreadRegular } from '@fluentui/react-icons/svg/mail-unread';
import { ShareRegular } from '@fluentui/react-icons/svg/share';
import type { BoxAccess } from '../../../../../contract/voicemail/team.ts';
import { useListeningWords } from '../listening-words.ts';
import type { ShownState } from '../shown.ts';
import { Button } from '../../../parts/button.tsx';
import type { ShownMessage } from './use-message.ts';

/** What can be done with the message itself, as far as a shared box allows it. Deleting is at the far end, in red, and can be undone. */
export function MessageFooter({ state, access, isOpen, act, forward }: { state: ShownState; access: BoxAccess; /** It may be given to others. */ isOpen: boolean; act: ShownMessage['act']; forward: () => void }) {
  const { listening: words } = useListeningWords();
  if (access === 'listen' || (access === 'handle' && state !== 'heard')) return null;
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
      {access === 'manage' && isOpen ? (
        <Button appearance="subtle" icon={<ShareRegular />} data-page="forward" onClick={forward}>
          {words.forward}
        </Button>
      ) : null}
      {state === 'heard' ? (
        <Button appearance="subtle" icon={<MailUnreadRegular />} aria-label={words.markUnheardThis} onClick={() => act('unheard')}>
          {words.markUnheard}
        </Button>
      ) : null}
      {state === 'gone' || access !== 'manage' ? null : (
        <Button appearance="subtle" icon={<DeleteRegular />} className="danger" onClick={() => act('removed')}>
          {words.remove}
        </Button>
      )}
    </div>
  );
}
