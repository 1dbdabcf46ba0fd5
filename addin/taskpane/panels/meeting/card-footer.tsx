import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { VideoFilled } from '@fluentui/react-icons/svg/video';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import { Button } from '../../parts/button.tsx';
import { RemoveButton } from './remove-button.tsx';
import type { Busy } from './shown-invite.ts';

interface FooterProps {
  invite: InInvite;
  busy: Busy | undefined;
  preview: () => void;
  remove: () => void;
  words: MeetingWords;
}

/** Before the invite is sent: whether the text is up to date. Afterwards: *Join* and the text. *Remove* is at the far end. */
export function CardFooter({ invite, busy, preview, remove, words }: FooterProps) {
  const { state, joinUrl } = invite.conference;
  const isSent = state === 'scheduled' || state === 'live';
  return (
    <footer className="footer">
      {isSent ? (
        <>
          <Button as="a" appearance="primary" icon={<VideoFilled />} href={joinUrl} target="_blank" rel="noopener noreferrer">
            {words.join}
          </Button>
          <Button data-page="preview" onClick={preview}>{words.preview}</Button>
        </>
      ) : (
        <button type="button" className="saved quiet" data-page="preview" onClick={preview} title={words.preview}>
          <CheckmarkRegular aria-hidden="true" />
          {busy === undefined ? words.upToDate : words.updating}
        </button>
      )}
      <RemoveButton busy={busy !== undefined} remove={remove} words={words} plain={isSent} />
    </footer>
  );
}
