import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { deedsRoutes } from '../../../../contract/account/deeds-routes.ts';
import type { DeedView, DeedsResponse } from '../../../../contract/account/deeds.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { timesFor } from '../../../../words/times.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';

const MOST = 30;

/** Who looked at whom and who changed what, the newest first. `again`: rises when there is something new. */
export function Deeds({ again }: { again: number }) {
  const { transport, language } = useSurroundings();
  const words = ruleWords(language).deeds;
  const times = timesFor(language, zone);
  const [deeds, setDeeds] = useState<readonly DeedView[]>([]);
  const task = useTask();
  const { run } = task;
  const load = useCallback(
    (before: number | undefined) =>
      run(async () => {
        const { deeds: found } = await get<DeedsResponse>(transport, deedsRoutes.list, 'deeds', { query: { limit: MOST, ...(before === undefined ? {} : { before }) } });
        setDeeds((now) => (before === undefined ? found : [...now, ...found]));
      }),
    [run, transport],
  );
  useEffect(() => load(undefined), [load, again]);
  const oldest = deeds.at(-1);
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <ul className="findings">
        {deeds.map(({ seq, at, by, kind, about, what, outcome }) => (
          <li key={seq}>
            {times.dayAndTime(at)}: {kind === 'look' ? words.look(by, about ?? '?') : words.change(by)} {kind === 'look' ? '' : <bdi className="quiet">{what}</bdi>} {outcome === 'refused' ? words.refused : ''}
          </li>
        ))}
      </ul>
      {oldest === undefined || deeds.length < MOST ? null : (
        <Button disabled={task.busy} onClick={() => load(oldest.seq)}>
          {words.older}
        </Button>
      )}
    </section>
  );
}
