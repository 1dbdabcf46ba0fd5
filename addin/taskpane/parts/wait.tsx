import { useSurroundings } from '../surroundings.tsx';
import { saidOf } from '../panels/meeting/trouble-said.ts';
import { Message } from './message.tsx';
import type { Asked } from './use-asked.ts';

/** In place of an answer that is not here: that it is awaited, or why it did not come, with the way to ask again. `unreached`: the panel's own words for Tieline not being reached. */
export function Wait({ asked, text, unreached }: { asked: Pick<Asked<unknown>, 'trouble' | 'again'>; text: string; unreached?: string }) {
  const { words, messages, language, server } = useSurroundings();
  const { trouble, again } = asked;
  if (trouble === undefined) {
    return (
      <p className="quiet" role="status">
        {text}…
      </p>
    );
  }
  const said = saidOf(trouble, { messages, language, server: new URL(server.origin).host, again, add: again, unreached: unreached ?? messages.unreachable.elsewhere });
  if (said !== undefined) return <Message {...said} />;
  return <Message weight="red" lead={words.signedOut.failed} text={words.signedOut.failedText} actions={[{ label: words.tryAgain, run: again }]} />;
}
