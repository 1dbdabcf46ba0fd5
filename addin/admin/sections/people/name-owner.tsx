import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { KnownPerson } from '../../../../contract/people/known-people.ts';
import { linesRoutes } from '../../../../contract/people/lines-routes.ts';
import type { UnmatchedResponse } from '../../../../contract/people/lines.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { PersonPicker } from '../../parts/person-picker.tsx';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import type { Imported } from './line-list.tsx';

interface Given {
  line: UnmatchedResponse['lines'][number];
  named: (name: string) => void;
  cancel: () => void;
}

/** Whose a line is, said for it alone: a list of one line, which leaves all else of the line as it is. */
export function NameOwner({ line: { pbx, context, extension }, named, cancel }: Given) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).unmatched;
  const [person, setPerson] = useState<KnownPerson | undefined>(undefined);
  const task = useTask();
  function save(owner: KnownPerson): void {
    task.run(
      async () => {
        const cells = [pbx, context, extension, owner.address].map((cell) => `"${cell.replaceAll('"', '""')}"`);
        const { mistakes } = await get<Imported>(transport, linesRoutes.importList, 'mistakes', { body: { csv: `pbx,context,extension,owner\n${cells.join(',')}`, onlyLook: false } });
        const [wrong] = mistakes;
        if (wrong === undefined) named(owner.name);
        else throw new Refusal(wrong.message, wrong.remedy);
      },
      (fault) => (fault instanceof Refusal ? { lead: `${fault.message}.`, text: fault.remedy, reference: '' } : undefined),
    );
  }
  const hasAddress = person === undefined || person.address !== '';
  return (
    <form
      className="name-owner"
      onSubmit={(event) => {
        event.preventDefault();
        if (person !== undefined && hasAddress && !task.busy) save(person);
      }}
    >
      <PersonPicker label={words.owner(extension)} nobody={words.nobody} chosen={person} choose={setPerson} isFocused />
      {hasAddress ? null : <p role="status">{words.noAddress}</p>}
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="actions">
        <Button type="submit" appearance="primary" disabledFocusable={person === undefined || !hasAddress || task.busy}>
          {words.save}
        </Button>
        <Button onClick={cancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

/** The list of one was read and refused. */
class Refusal extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
