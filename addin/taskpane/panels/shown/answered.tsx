import { useEffect, useRef } from 'react';
import { Message } from '../../parts/message.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { ShownTrouble } from './shown-trouble.tsx';
import { shownChoices, useShown } from './use-shown.ts';

/** The ribbon's menu *Availability* has answered the question: it is done at once, and said. */
export function AvailabilityAnswered({ answer }: { answer: string }) {
  const { opening } = useSurroundings();
  const { people } = usePeopleWords();
  const { chosen, saving, trouble, choose } = useShown();
  const wanted = shownChoices.find((each) => each === (answer === 'dnd' ? 'doNotDisturb' : answer));
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || wanted === undefined) return;
    isDone.current = true;
    choose(wanted);
  }, [wanted, choose, opening]);
  if (wanted === undefined) return null;
  if (trouble !== undefined) return <div className="notice"><ShownTrouble trouble={trouble} again={() => choose(wanted)} /></div>;
  if (saving || chosen !== wanted) return null;
  return <div className="notice"><Message weight="grey" lead={people.shown.said[wanted]} text="" /></div>;
}
