import { useState } from 'react';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import { usePeopleWords } from '../../people-words.ts';
import { Button } from '../../parts/button.tsx';
import { PersonRow } from './person-row.tsx';
import { groupOf, groupOrder } from './said.ts';
import type { Group } from './said.ts';
import type { Calling } from './use-call.ts';
import type { States } from './use-states.ts';

/** More than so many stand in groups by their state (ux.md section 2). */
const LONG = 25;
/** As many of a group are drawn at first, and as many more each time. */
const STEP = 25;

interface PersonListProps {
  title: string;
  people: readonly ItemPerson[];
  states: States;
  open: (person: ItemPerson) => void;
  calling: Calling;
  search: (text: string) => void;
}

/** A section of people; a long one in groups, which open one by one. */
export function PersonList({ title, people, ...shared }: PersonListProps) {
  const { people: words, availability } = usePeopleWords();
  if (people.length <= LONG) return <Part title={people.length === 1 ? title : words.counted(title, people.length)} people={people} {...shared} />;
  const groups = groupOrder.map((group) => ({ group, inIt: people.filter(({ address }) => groupOf(shared.states.all.get(address)) === group) })).filter(({ inIt }) => inIt.length > 0);
  const nameOf = (group: Group): string => (group === 'unknown' ? words.unknown : availability.faces[group]);
  return (
    <>
      <h3>{words.counted(title, people.length)}</h3>
      {groups.map(({ group, inIt }, at) => (
        <details key={group} open={at === 0}>
          <summary>{words.counted(nameOf(group), inIt.length)}</summary>
          <Part people={inIt} {...shared} />
        </details>
      ))}
    </>
  );
}

function Part({ title, people, states, open, calling, search }: Omit<PersonListProps, 'title'> & { title?: string }) {
  const { people: words } = usePeopleWords();
  const [limit, setLimit] = useState(STEP);
  return (
    <>
      {title === undefined ? null : <h3>{title}</h3>}
      <ul className="people">
        {people.slice(0, limit).map((person) => (
          <PersonRow key={person.address} person={person} state={states.all.get(person.address)} oldSince={states.oldSince} open={() => open(person)} calling={calling} search={search} />
        ))}
      </ul>
      {people.length > limit ? <Button onClick={() => setLimit(limit + STEP)}>{words.more(people.length - limit)}</Button> : null}
    </>
  );
}
