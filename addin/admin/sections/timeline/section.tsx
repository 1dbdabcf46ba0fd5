import { Button, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { availabilityAdminRoutes } from '../../../../contract/availability/admin-routes.ts';
import type { PersonTimeline } from '../../../../contract/availability/admin.ts';
import type { KnownPerson } from '../../../../contract/people/known-people.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { timesFor } from '../../../../words/times.ts';
import { get } from '../../parts/get.ts';
import { PersonPicker } from '../../parts/person-picker.tsx';
import { Preconditions } from './preconditions.tsx';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { ruleWord, stateWord, whyWord, zone } from '../rules/spoken.ts';
import { Deeds } from './deeds.tsx';
import { Links } from './links.tsx';

/** What somebody is and was, and by which rule; below, who looked and who changed what. */
export function Timeline() {
  const { transport, language, words: all } = useSurroundings();
  const words = ruleWords(language);
  const times = timesFor(language, zone);
  const [person, setPerson] = useState<KnownPerson | undefined>(undefined);
  const [shown, setShown] = useState<PersonTimeline | undefined>(undefined);
  const [looks, setLooks] = useState(0);
  const task = useTask();
  function show(): void {
    if (person === undefined) return;
    task.run(async () => {
      setShown(await get<PersonTimeline>(transport, availabilityAdminRoutes.timeline, 'ahead', { params: { person: person.personId } }));
      setLooks((count) => count + 1);
    });
  }
  const lists = shown && [
    { title: words.timeline.ahead, lines: shown.ahead.map(({ from, to, state, why }) => ({ key: from, when: times.range(from, to), text: `${stateWord(language, state.face)}. ${whyWord(language, why.rule)}` })) },
    { title: words.timeline.ignored, lines: shown.ignored.map(({ from, to, rule }) => ({ key: `${from} ${to} ${rule}`, when: times.range(from, to), text: ruleWord(language, rule) })) },
    { title: words.timeline.past, lines: shown.past.map(({ at, state, why }, index) => ({ key: `${at} ${index}`, when: times.dayAndTime(at), text: `${stateWord(language, state.face)}. ${whyWord(language, why.rule)}` })) },
  ];
  return (
    <>
      <h1>{words.timeline.title}</h1>
      <p>{words.timeline.about}</p>
      <form
        className="narrow"
        onSubmit={(event) => {
          event.preventDefault();
          if (!task.busy) show();
        }}
      >
        <PersonPicker label={words.whatIf.person} nobody={words.whatIf.nobody} chosen={person} choose={setPerson} />
        <Button type="submit" appearance="primary" disabledFocusable={person === undefined || task.busy}>
          {words.timeline.show}
        </Button>
      </form>
      {task.busy ? <Spinner label={all.loading} /> : null}
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="halves">
        <div className="stack">
          {shown?.missing.map((each) => (
            <p key={each}>{words.whatIf.missing[each]}</p>
          ))}
          {shown?.links === undefined ? null : <Links links={shown.links} language={language} when={times.dayAndTime} />}
          {lists?.map(({ title, lines }) => (
            <section key={title} className="card" aria-label={title}>
              <h2>{title}</h2>
              {lines.length === 0 ? <p>{words.timeline.none}</p> : null}
              <ul className="findings">
                {lines.map(({ key, when, text }) => (
                  <li key={key}>
                    <b>{when}</b> {text}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <div className="stack">
          {shown !== undefined && person?.personId === shown.person.personId ? <Preconditions key={person.personId} person={person} /> : null}
          <Deeds again={looks} />
        </div>
      </div>
    </>
  );
}
