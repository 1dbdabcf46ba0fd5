import { useEffect } from 'react';
import { Message } from '../../parts/message.tsx';
import { Wait } from '../../parts/wait.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import type { Calling } from './use-call.ts';

/** How the call goes that was begun here; nothing before there is one. */
export function CallSaid({ calling }: { calling: Calling }) {
  const { announce } = useSurroundings();
  const { people: words } = usePeopleWords();
  const { call, trouble, again, hangUp } = calling;
  const isOver = call?.state === 'ended';
  const text = call === undefined ? undefined : isOver ? (words.outcomes[call.outcome ?? 'unknown'] ?? words.states.ended) : words.states[call.state];
  useEffect(() => {
    if (text !== undefined) announce(text);
  }, [text, announce]);
  if (trouble !== undefined) {
    if (trouble.kind === 'refused') return <Message weight="red" lead={trouble.detail} text={trouble.remedy ?? ''} />;
    return <Wait asked={{ trouble, again }} text="" unreached={words.callUnreached} />;
  }
  if (call === undefined || text === undefined) return null;
  const isGood = !isOver || call.outcome === 'done' || call.outcome === 'interrupted';
  return <Message weight={isGood ? 'grey' : 'amber'} lead={call.number} text={text} actions={isOver ? [] : [{ label: words.hangUp, run: hangUp }]} />;
}
