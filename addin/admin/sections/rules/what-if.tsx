import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { availabilityAdminRoutes } from '../../../../contract/availability/admin-routes.ts';
import type { ProposalRequest, WhatIfRequest, WhatIfResponse } from '../../../../contract/availability/admin.ts';
import type { KnownPerson } from '../../../../contract/people/known-people.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { get } from '../../parts/get.ts';
import { PersonPicker } from '../../parts/person-picker.tsx';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Outcome } from './outcome.tsx';
import { zone } from './spoken.ts';
import { Warnings } from './warnings.tsx';

/** The next full hour, as a field for local time wants it. */
function nextHour(): string {
  const at = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** "Somebody calls Anna on Thursday at 14:30: what happens, and why?" */
export function WhatIf({ proposal }: { proposal: ProposalRequest | undefined }) {
  const { transport, language, words: all } = useSurroundings();
  const words = ruleWords(language).whatIf;
  const [person, setPerson] = useState<KnownPerson | undefined>(undefined);
  const [at, setAt] = useState(nextHour);
  const [answer, setAnswer] = useState<WhatIfResponse | undefined>(undefined);
  const task = useTask();
  const instant = Date.parse(at);
  function ask(): void {
    if (person === undefined || Number.isNaN(instant)) return;
    const body: WhatIfRequest = { person: person.personId, at: new Date(instant).toISOString(), ...(proposal === undefined ? {} : { proposal }) };
    task.run(async () => setAnswer(await get<WhatIfResponse>(transport, availabilityAdminRoutes.whatIf, 'present', { body })));
  }
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <PersonPicker label={words.person} nobody={words.nobody} chosen={person} choose={setPerson} />
        <Field label={words.at} hint={words.zone(zone)}>
          <Input type="datetime-local" value={at} onChange={(_event, { value }) => setAt(value)} />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={task.busy || person === undefined || Number.isNaN(instant)}>
          {words.ask}
        </Button>
      </form>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {task.busy ? <Spinner size="small" label={all.loading} /> : null}
      <div role="status" className="answer">
        {answer === undefined ? null : (
          <>
            <Warnings codes={answer.warnings} />
            {answer.missing.map((each) => (
              <p key={each}>{words.missing[each]}</p>
            ))}
            <Outcome title={words.present} outcome={answer.present} />
            {answer.proposed === null ? null : <Outcome title={words.proposed} outcome={answer.proposed} />}
            <p className="quiet">{words.basis[answer.basis]}</p>
          </>
        )}
      </div>
    </section>
  );
}
