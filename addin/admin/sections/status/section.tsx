import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { operationsRoutes } from '../../../../contract/operations/operations-routes.ts';
import type { StatusResponse } from '../../../../contract/operations/operations.ts';
import { statusWords } from '../../../../words/admin-status.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Log } from './log.tsx';
import { System } from './system.tsx';

const Limits = lazy(async () => ({ default: (await import(/* webpackChunkName: "log-limits" */ './limits.tsx')).Limits }));

/** So often the systems are asked about, ms. */
const ASK_MS = 5000;

/** Systems with capabilities and remedies, force now, the log and its limits. */
export function Status() {
  const { transport, language, words: all } = useSurroundings();
  const words = statusWords(language);
  const [status, setStatus] = useState<StatusResponse | undefined>(undefined);
  const [forced, setForced] = useState('');
  const task = useTask();
  const forcing = useTask();
  const { follow } = task;
  const load = useCallback(() => follow(async () => setStatus(await get<StatusResponse>(transport, operationsRoutes.status, 'systems', {}))), [follow, transport]);
  useEffect(() => {
    load();
    const timer = setInterval(load, ASK_MS);
    return () => clearInterval(timer);
  }, [load]);
  const force = (instance: string): void =>
    forcing.run(async () => {
      setForced('');
      await get<{ asked: string[] }>(transport, operationsRoutes.force, 'asked', { params: { instance }, body: {} });
      setForced(words.forced(instance));
    });
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {status === undefined ? task.problem === undefined ? <Spinner label={all.loading} /> : null : <p className="quiet">{words.version(status.version)}</p>}
      {status?.systems.length === 0 ? <p>{words.none}</p> : <p className="quiet">{words.forceAbout}</p>}
      {forcing.problem === undefined ? null : <ProblemBar {...forcing.problem} />}
      <div role="status">{forced === '' ? null : <p>{forced}</p>}</div>
      <div className="cards">
        {status?.systems.map((system) => (
          <System key={system.instance} system={system} force={() => force(system.instance)} />
        ))}
      </div>
      <Log />
      <Suspense fallback={<Spinner label={all.loading} />}>
        <Limits />
      </Suspense>
    </>
  );
}
