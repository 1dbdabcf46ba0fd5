import { useCallback } from 'react';
import { voicemailTalk } from '../../../../talk/voicemail.ts';
import { Message } from '../../../parts/message.tsx';
import { useAsked } from '../../../parts/use-asked.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';

/** Why mail and voicemail are not in step, and whom to tell; nothing while they are. */
export function InTheWay() {
  const { server } = useSurroundings();
  const { listening } = useListeningWords();
  const { value = [] } = useAsked(useCallback(() => voicemailTalk(server.transport).inTheWay(), [server]));
  // A newer server may know more than this pane.
  const words: Partial<Record<string, { lead: string; text: string }>> = listening.inTheWay;
  return value.map((code) => {
    const said = words[code];
    return said === undefined ? null : <Message key={code} weight="amber" {...said} />;
  });
}
