import { Spinner } from '@fluentui/react-components';
import { reissueWords } from '../../../../words/admin-reissue.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { PreviewForm } from './preview-form.tsx';
import { RunCard } from './run-card.tsx';
import { useReissues } from './use-reissues.ts';

/** Invites that were sent are written anew in bulk (M10): a preview, the writing, so many a minute, and for seven days the way back. */
export function Reissue() {
  const { language, words: page } = useSurroundings();
  const words = reissueWords(language);
  const { all, task, preview, start, stop, undo } = useReissues();
  const atWork = all?.reissues.find(({ state }) => state === 'running');
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {all === undefined ? task.problem === undefined ? <Spinner label={page.loading} /> : null : (
        <div className="halves">
          <PreviewForm bridges={all.bridges} isBusy={task.busy} isAtWork={atWork !== undefined} preview={preview} />
          <div className="stack">
            <h2>{words.runs}</h2>
            {all.reissues.length === 0 ? <p>{words.none}</p> : null}
            {all.reissues.map((each) => (
              <RunCard key={`${each.id} ${each.phase}`} reissue={each} isBusy={task.busy} isOtherAtWork={atWork !== undefined && atWork.id !== each.id} start={start} stop={stop} undo={undo} />
            ))}
          </div>
        </div>
      )}
    </>
  );
}
