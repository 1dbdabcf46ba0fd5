import { useEffect, useRef } from 'react';
import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import type { Said } from '../../../parts/message.tsx';
import { Message } from '../../../parts/message.tsx';
import { Wait } from '../../../parts/wait.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { stateOf } from '../shown.ts';
import type { ShownMessage } from './use-message.ts';

/** What was done with the message, here or elsewhere, with the way back. After deleting, focus is on *Undo* (ux.md section 8). */
export function Notices({ message, item, sounds }: { message: ShownMessage; item: VoicemailView; sounds: boolean }) {
  const { times, words: pane, announce } = useSurroundings();
  const { listening: words, playing } = useListeningWords();
  const { done, deletedElsewhere, trouble, again, act } = message;
  const place = useRef<HTMLDivElement>(null);
  const state = stateOf(item);
  useEffect(() => {
    if (done === 'removed' && state === 'deleted') place.current?.querySelector<HTMLElement>('.actions button')?.focus();
  }, [done, state]);
  useEffect(() => {
    if (done === 'restored') announce(words.restored);
    if (done === 'unheard') announce(words.markedUnheard);
  }, [done, announce, words]);

  const until = item.undoUntil === null ? '' : times.day(item.undoUntil);
  const undo = { label: pane.undo, run: () => act('restored') };
  const said: Said[] = [];
  if (state === 'deleted' && deletedElsewhere) said.push({ weight: 'amber', lead: playing.deletedOnPhone.lead, text: sounds ? playing.deletedOnPhone.text(until) : words.deletedNow(until), actions: [{ label: playing.deletedOnPhone.button, run: undo.run }] });
  else if (state === 'deleted') said.push({ weight: 'grey', lead: words.removed, text: until === '' ? '' : words.removedText(until), actions: done === 'removed' ? [undo] : [] });
  if (state === 'gone') said.push({ weight: 'grey', ...words.gone });
  return (
    <div ref={place} className="notices">
      {trouble === undefined ? null : trouble.kind === 'refused' ? <Message weight="red" lead={words.notDone.lead} text={`${trouble.detail} ${trouble.remedy}`} /> : <Wait asked={{ trouble, again }} text="" unreached={words.unreached} />}
      {said.map((each) => (
        <Message key={each.lead} {...each} />
      ))}
    </div>
  );
}
