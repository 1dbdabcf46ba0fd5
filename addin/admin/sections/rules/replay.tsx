import { Button, ProgressBar } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { availabilityAdminRoutes } from '../../../../contract/availability/admin-routes.ts';
import type { ProposalRequest, ReplayView } from '../../../../contract/availability/admin.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { ReplayResult } from './replay-result.tsx';

/** So often the page asks how far a replay is, ms. */
const ASK_MS = 1500;

/** What the settings that are not saved yet would have made of the last four weeks. */
export function Replay({ proposal }: { proposal: ProposalRequest | undefined }) {
  const { transport, language } = useSurroundings();
  const words = ruleWords(language).replay;
  const [replay, setReplay] = useState<ReplayView | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  useEffect(() => {
    if (replay?.state !== 'running') return undefined;
    const timer = setTimeout(() => run(async () => setReplay((await get<{ replay: ReplayView }>(transport, availabilityAdminRoutes.replay, 'replay', { params: { id: replay.id } })).replay)), ASK_MS);
    return () => clearTimeout(timer);
  }, [replay, run, transport]);
  function start(): void {
    if (proposal === undefined || replay?.state === 'running') return;
    run(async () => setReplay((await get<{ replay: ReplayView }>(transport, availabilityAdminRoutes.startReplay, 'replay', { params: { id: crypto.randomUUID() }, body: proposal })).replay));
  }
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      <div className="actions">
        <Button onClick={start} disabledFocusable={proposal === undefined || replay?.state === 'running'}>
          {words.start}
        </Button>
        {proposal === undefined ? <span>{words.needsChange}</span> : null}
      </div>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {replay === undefined ? null : replay.state === 'running' ? (
        <>
          <ProgressBar value={replay.done} max={replay.people} aria-label={words.title} />
          <p>{words.progress(replay.done, replay.people)}</p>
        </>
      ) : (
        <ReplayResult replay={replay} />
      )}
    </section>
  );
}
