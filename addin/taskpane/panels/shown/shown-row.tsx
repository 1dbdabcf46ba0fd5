import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { useState } from 'react';
import { Presence } from '../../parts/presence.tsx';
import { ActionRow, ChoiceRow, Rows } from '../../parts/row.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { ShownTrouble } from './shown-trouble.tsx';
import { shownChoices, useShown } from './use-shown.ts';
import type { ShownChoice } from './use-shown.ts';

function icon(choice: ShownChoice | undefined): React.ReactNode {
  return choice === undefined || choice === 'automatic' ? <ArrowSyncRegular /> : <Presence state={{ face: choice, availability: choice }} />;
}

/** How I am shown during this meeting: a row that opens the choices below itself. By the organizer in the invite, by a guest in their own copy. */
export function ShownRow() {
  const { kind } = useSurroundings();
  const { people } = usePeopleWords();
  const words = people.shown;
  const { chosen, saving, trouble, choose } = useShown();
  const [isOpen, setIsOpen] = useState(false);
  const [last, setLast] = useState<ShownChoice>('automatic');
  const pick = (choice: ShownChoice): void => {
    setLast(choice);
    choose(choice);
  };
  const title = chosen === undefined || chosen === 'automatic' ? words.rowAutomatic : words.row(words.choices[chosen]);
  return (
    <>
      <Rows>
        <ActionRow icon={icon(chosen)} title={title} text={kind === 'appointment-read' ? words.forMe : words.rowText} run={() => setIsOpen(!isOpen)} expanded={isOpen} />
      </Rows>
      {trouble === undefined ? null : <ShownTrouble trouble={trouble} again={() => choose(last)} />}
      {isOpen ? (
        <fieldset className="section">
          <legend>{words.title}</legend>
          <Rows>
            {shownChoices.map((choice) => <ChoiceRow key={choice} name="shown-as" icon={icon(choice)} title={words.choices[choice]} chosen={choice === chosen} disabled={saving} choose={() => pick(choice)} />)}
          </Rows>
          <p className="quiet">{words.text}</p>
        </fieldset>
      ) : null}
    </>
  );
}
