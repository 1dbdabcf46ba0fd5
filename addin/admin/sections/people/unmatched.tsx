import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import { linesRoutes } from '../../../../contract/people/lines-routes.ts';
import type { UnmatchedResponse } from '../../../../contract/people/lines.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { NameOwner } from './name-owner.tsx';

const AT_ONCE = 100;

/** Lines that are nobody's, and why: none or several people fit. Never a guess: an administrator names the owner. `changed`: somebody has a line now. */
export function Unmatched({ again, changed }: { again: number; changed: () => void }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language);
  const [found, setFound] = useState<UnmatchedResponse | undefined>(undefined);
  const [open, setOpen] = useState('');
  const [said, setSaid] = useState('');
  const top = useRef<HTMLHeadingElement>(null);
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
      <h2 ref={top} tabIndex={-1}>
        {words.unmatched.title}
      </h2>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <p role="status">{[said, found === undefined ? '' : found.total === 0 ? words.unmatched.none : words.total(found.lines.length, found.total)].filter((text) => text !== '').join(' ')}</p>
      {found === undefined || found.total === 0 ? null : <p>{words.unmatched.remedy}</p>}
      <ul className="rows">
        {found?.lines.map((line) => {
          const { pbx, context, extension, name, reason, candidates } = line;
          const key = `${pbx} ${context} ${extension}`;
          return (
            <li key={key}>
              <p>
                <b>
                  <bdi>{extension}</bdi>
                </b>{' '}
                <bdi>{name}</bdi> <bdi className="quiet">{pbx}</bdi> {words.unmatched.reasons[reason]} {reason === 'unknown-address' ? <bdi>{candidates.join(', ')}</bdi> : null}
              </p>
              {open === key ? (
                <NameOwner
                  line={line}
                  cancel={() => {
                    setOpen('');
                    top.current?.focus();
                  }}
                  named={(owner) => {
                    setOpen('');
                    setSaid(words.unmatched.saved(extension, owner));
                    top.current?.focus();
                    changed();
                  }}
                />
              ) : (
                <Button size="small" aria-label={words.unmatched.nameOf(extension)} onClick={() => setOpen(key)}>
                  {words.unmatched.name}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {found !== undefined && found.lines.length < found.total ? (
        <Button disabledFocusable={task.busy} onClick={() => load(found.lines.length)}>
          {words.unmatched.more}
        </Button>
      ) : null}
    </section>
  );
}
