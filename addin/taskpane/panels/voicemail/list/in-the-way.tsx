import { Message } from '../../../parts/message.tsx';
import { useListeningWords } from '../listening-words.ts';
import { useFeed } from '../use-feed.ts';

/** Why mail and voicemail are not in step, and whom to tell; nothing while they are. */
export function InTheWay() {
  const { inTheWay } = useFeed();
  const { listening } = useListeningWords();
  // A newer server may know more than this pane.
  const words: Partial<Record<string, { lead: string; text: string }>> = listening.inTheWay;
  return inTheWay.map((code) => {
    const said = words[code];
    return said === undefined ? null : <Message key={code} weight="amber" {...said} />;
  });
}
