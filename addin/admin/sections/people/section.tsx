import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { knownPeopleRoutes } from '../../../../contract/people/known-people-routes.ts';
import type { KnownPeopleResponse } from '../../../../contract/people/known-people.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { LineList } from './line-list.tsx';
import { PersonCard } from './person-card.tsx';
import { Unmatched } from './unmatched.tsx';

const AT_ONCE = 50;
const QUIET_MS = 250;

/** People with lines, mailboxes and groups; lines that are nobody's; the list as CSV. */
export function People() {
  const { transport, language, words: all } = useSurroundings();
  const words = peopleWords(language);
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<KnownPeopleResponse | undefined>(undefined);
  const [imports, setImports] = useState(0);
  const task = useTask();
  const { run } = task;
  const load = useCallback(
    (skip: number) =>
      run(async () => {
        const next = await get<KnownPeopleResponse>(transport, knownPeopleRoutes.list, 'people', { query: { search: search.trim(), skip, limit: AT_ONCE } });
        setFound((now) => (skip === 0 || now === undefined ? next : { people: [...now.people, ...next.people], total: next.total }));
      }),
    [run, transport, search],
  );
  useEffect(() => {
    const timer = setTimeout(() => load(0), QUIET_MS);
    return () => clearTimeout(timer);
  }, [load, imports]);
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      <div className="halves">
        <div className="stack">
          <Field label={words.search}>
            <Input type="search" value={search} maxLength={100} onChange={(_event, { value }) => setSearch(value)} />
          </Field>
          <p role="status">{found === undefined ? '' : found.total > 0 ? words.people(found.total, found.people.length) : search.trim() === '' ? words.empty : words.none}</p>
          {found === undefined && task.problem === undefined ? <Spinner label={all.loading} /> : null}
          {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
          {found?.people.map((person) => (
            <PersonCard key={person.personId} person={person} />
          ))}
          {found !== undefined && found.people.length < found.total ? (
            <Button disabledFocusable={task.busy} onClick={() => load(found.people.length)}>
              {words.more}
            </Button>
          ) : null}
        </div>
        <div className="stack">
          <Unmatched again={imports} changed={() => setImports((count) => count + 1)} />
          <LineList taken={() => setImports((count) => count + 1)} />
        </div>
      </div>
    </>
  );
}
