import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { linesRoutes } from '../../../../contract/people/lines-routes.ts';
import type { UnmatchedResponse } from '../../../../contract/people/lines.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

const AT_ONCE = 100;

/** Lines that are nobody's, and why: none or several people fit. Never a guess. */
export function Unmatched({ again }: { again: number }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language);
  const [found, setFound] = useState<UnmatchedResponse | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  const load = useCallback(
    (skip: number) =>
      run(async () => {
        const next = await get<UnmatchedResponse>(transport, linesRoutes.unmatched, 'lines', { query: { skip, limit: AT_ONCE } });
        setFound((now) => (skip === 0 || now === undefined ? next : { lines: [...now.lines, ...next.lines], total: next.total }));
      }),
    [run, transport],
  );
  useEffect(() => load(0), [load, again]);
  return (
    <section className="card" aria-label={words.unmatched.title}>
      <h2>{words.unmatched.title}</h2>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <p role="status">{found === undefined ? '' : found.total === 0 ? words.unmatched.none : words.total(found.lines.length, found.total)}</p>
      <ul className="findings">
        {found?.lines.map(({ pbx, context, extension, name, reason, candidates }) => (
          <li key={`${pbx} ${context} ${extension}`}>
            <b>
              <bdi>{extension}</bdi>
            </b>{' '}
            <bdi>{name}</bdi> {words.unmatched.reasons[reason]} {reason === 'unknown-address' ? <bdi>{candidates.join(', ')}</bdi> : null}
          </li>
        ))}
      </ul>
      {found === undefined || found.total === 0 ? null : <p>{words.unmatched.remedy}</p>}
      {found !== undefined && found.lines.length < found.total ? (
        <Button disabled={task.busy} onClick={() => load(found.lines.length)}>
          {words.unmatched.more}
        </Button>
      ) : null}
    </section>
  );
}
