import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { deedsRoutes } from '../../../../contract/account/deeds-routes.ts';
import type { DeedView, DeedsResponse } from '../../../../contract/account/deeds.ts';
import { deedText } from '../../../../words/admin-deeds.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { timesFor } from '../../../../words/times.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';

const MOST = 30;

/** Who looked at whom and who changed what, the newest first. `again`: rises when there is something new. */
export function Deeds({ again }: { again: number }) {
  const { transport, language, words: all } = useSurroundings();
  const words = ruleWords(language).deeds;
  const features = new Map(Object.entries(settingWords(language).features));
  const times = timesFor(language, zone);
  const [deeds, setDeeds] = useState<readonly DeedView[] | undefined>(undefined);
  const task = useTask();
  const { run } = task;
  const load = useCallback(
    (before: number | undefined) =>
      run(async () => {
        const { deeds: found } = await get<DeedsResponse>(transport, deedsRoutes.list, 'deeds', { query: { limit: MOST, ...(before === undefined ? {} : { before }) } });
        setDeeds((now) => (before === undefined || now === undefined ? found : [...now, ...found]));
      }),
    [run, transport],
  );
  useEffect(() => load(undefined), [load, again]);
  const oldest = deeds?.at(-1);
  /** What it was about, where the request named it. */
  const subjectOf = ({ feature, instance, name }: DeedView['details']): string => (typeof feature === 'string' ? (features.get(feature) ?? feature) : [instance, name].filter((each) => typeof each === 'string').join(', '));
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      {deeds === undefined && task.problem === undefined ? <Spinner label={all.loading} /> : null}
      {deeds?.length === 0 ? <p>{words.none}</p> : null}
      <ul className="findings">
        {deeds?.map(({ seq, at, by, kind, about, what, details, outcome }) => (
          <li key={seq}>
            <b>{times.dayAndTime(at)}</b> {kind === 'look' ? words.look(by, about ?? '?') : `${by} ${deedText(language, what) ?? words.change}`}
            {subjectOf(details) === '' ? null : `: ${subjectOf(details)}`} {outcome === 'refused' ? words.refused : ''} {kind === 'look' ? null : <bdi className="quiet">{what}</bdi>}
          </li>
        ))}
      </ul>
      {oldest === undefined || (deeds?.length ?? 0) < MOST ? null : (
        <Button disabledFocusable={task.busy} onClick={() => load(oldest.seq)}>
          {words.older}
        </Button>
      )}
    </section>
  );
}
