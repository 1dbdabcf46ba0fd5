import type { Trouble } from '../../../invite/outcome.ts';
import { tellSignedIn } from '../../frame/signal.ts';
import { Message } from '../../parts/message.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** Why a choice could not be kept, with the way to try again. */
export function ShownTrouble({ trouble, again }: { trouble: Trouble; again: () => void }) {
  const { words, server } = useSurroundings();
  const { people } = usePeopleWords();
  if (trouble.kind === 'signed-out') {
    const signIn = (): void => void server.signIn.ask().then(() => {
      tellSignedIn();
      again();
    }, () => undefined);
    return <Message weight="red" lead={words.signedOut.title} text={words.signedOut.hint} actions={[{ label: words.signedOut.button, run: signIn }]} />;
  }
  const isElsewhere = trouble.kind === 'refused' && (trouble.code === 'meeting-unknown' || trouble.code === 'no-calendar');
  return <Message weight="red" {...(isElsewhere ? people.shown.notYours : people.shown.failed)} actions={[{ label: words.tryAgain, run: again }]} />;
}
