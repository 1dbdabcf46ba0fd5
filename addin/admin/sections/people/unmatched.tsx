import { useEffect, useState } from 'react';
import { linesRoutes } from '../../../../contract/lines-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

interface Open {
  pbx: string;
  context: string;
  extension: string;
  name: string;
  reason: 'nobody' | 'several' | 'unknown-address';
  candidates: string[];
}

/** So many are shown; of more the count. */
const MOST = 200;

/** Lines that are nobody's, and why: none or several people fit. Never a guess. */
export function Unmatched({ again }: { again: number }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).unmatched;
  const [lines, setLines] = useState<readonly Open[] | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  useEffect(() => run(async () => setLines((await get<{ lines: Open[] }>(transport, linesRoutes.unmatched, 'lines', {})).lines)), [run, transport, again]);
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {lines?.length === 0 ? <p>{words.none}</p> : null}
      <ul className="findings">
        {lines?.slice(0, MOST).map(({ pbx, context, extension, name, reason, candidates }) => (
          <li key={`${pbx} ${context} ${extension}`}>
            <b>
              <bdi>{extension}</bdi>
            </b>{' '}
            <bdi>{name}</bdi> {words.reasons[reason]} {reason === 'unknown-address' ? <bdi>{candidates.join(', ')}</bdi> : null}
          </li>
        ))}
      </ul>
      {lines === undefined || lines.length === 0 ? null : (
        <p>
          {lines.length > MOST ? words.more(lines.length - MOST) : ''} {words.remedy}
        </p>
      )}
    </section>
  );
}
