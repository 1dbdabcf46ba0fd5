import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { RemoveButton } from './remove-button.tsx';
import { Troubles } from './troubles.tsx';
import type { Shown } from './shown-invite.ts';
import type { InviteActions } from './use-invite.ts';

/** The text names a conference, and the server tells nothing of it: what is wrong, and the way to take it out. */
export function Unread({ shown, actions, words }: { shown: Shown; actions: InviteActions; words: MeetingWords }) {
  return (
    <>
      <div className="panel">
        <h2>{words.title}</h2>
        <Troubles shown={shown} actions={actions} />
      </div>
      <footer className="footer">
        <RemoveButton busy={shown.busy !== undefined} remove={actions.remove} words={words} />
      </footer>
    </>
  );
}
