import { CallRegular } from '@fluentui/react-icons/svg/call';
import { useState } from 'react';
import { readBody } from '../../../office/body.ts';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import { Button } from '../../parts/button.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { numbersIn, wordOf } from './numbers-in.ts';

/**
 * Of somebody outside, whom no directory of ours knows, a number may stand in the mail itself. What is found is said to be from there, and called only when somebody presses it.
 * Without any, they are searched for by name.
 */
export function FindNumber({ person, search, dial }: { person: ItemPerson; search: (text: string) => void; dial: (number: string) => void }) {
  const { announce } = useSurroundings();
  const { people: words } = usePeopleWords();
  const [found, setFound] = useState<readonly string[]>([]);
  const find = (): void => {
    readBody('text').then(numbersIn, () => []).then((numbers) => {
      setFound(numbers);
      if (numbers.length === 0) search(wordOf(person));
      else announce(words.inThisMail);
    }, () => undefined);
  };
  if (found.length === 0) return <Button size="small" aria-label={words.findNumberOf(person.name)} onClick={find}>{words.findNumber}</Button>;
  return (
    <div className="numbers">
      <small>{words.inThisMail}</small>
      {found.map((number) => (
        <Button key={number} size="small" icon={<CallRegular />} aria-label={words.callNumber(number)} onClick={() => dial(number)}>
          <bdi dir="ltr">{number}</bdi>
        </Button>
      ))}
    </div>
  );
}
