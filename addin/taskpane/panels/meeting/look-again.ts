import { onInviteChanged } from '../../../office/invite-changes.ts';

/**
 * Calls `look` when something may have come into the invite that nobody told us of: with the events that Outlook gives (other add-ins set the location as they write
 * their text), when the pane gets the focus, and when the pointer comes over it. Outlook tells nothing of the text, and asking every few seconds would copy up to a
 * megabyte each time; whoever reads the pane has come to it before.
 *
 * @returns ends it.
 */
export function lookAgain(look: () => void): () => void {
  const root = document.documentElement;
  const end = onInviteChanged(look);
  window.addEventListener('focus', look);
  root.addEventListener('pointerenter', look);
  return () => {
    end();
    window.removeEventListener('focus', look);
    root.removeEventListener('pointerenter', look);
  };
}
