import { Button, Field, Spinner, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { linesRoutes } from '../../../../contract/people/lines-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

interface Imported {
  taken: number;
  claimed: number;
  mistakes: { row: number; field: string; message: string; remedy: string }[];
}

/** A list of 50,000 lines takes the server some seconds; on a slow one it must not be given up. */
const LIST_DEADLINE_MS = 180_000;
/** As contract/people/lines.ts has it. */
const LONGEST = 20_000_000;

/** A list as CSV: looked at first, then taken; each broken line named with its remedy. */
export function LineList({ taken }: { taken: () => void }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).list;
  const [csv, setCsv] = useState('');
  const [answer, setAnswer] = useState<{ imported: Imported; onlyLook: boolean } | undefined>(undefined);
  const task = useTask();
  function send(onlyLook: boolean): void {
    setAnswer(undefined);
    task.run(async () => {
      const imported = await get<Imported>({ ...transport, deadlineMs: LIST_DEADLINE_MS }, linesRoutes.importList, 'mistakes', { body: { csv, onlyLook } });
      setAnswer({ imported, onlyLook });
      if (!onlyLook) taken();
    });
  }
  const isTooLong = csv.length > LONGEST;
  const isIdle = csv.trim() === '' || isTooLong || task.busy;
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      <Field label={words.file}>
        {(props) => (
          <input
            {...props}
            className="file"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) task.run(async () => setCsv(await file.text()));
            }}
          />
        )}
      </Field>
      {csv.length > 100_000 ? null : (
        <Field label={words.or}>
          <Textarea className="code" resize="vertical" value={csv} onChange={(_event, { value }) => setCsv(value)} />
        </Field>
      )}
      {isTooLong ? <p role="alert">{words.tooLong}</p> : null}
      <div className="actions">
        <Button disabled={isIdle} onClick={() => send(true)}>
          {words.look}
        </Button>
        <Button appearance="primary" disabled={isIdle} onClick={() => send(false)}>
          {words.take}
        </Button>
      </div>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div role="status">
        {task.busy ? <Spinner label={words.busy} /> : null}
        {answer === undefined ? null : (
          <p>
            <b>{(answer.onlyLook ? words.looked : words.taken)(answer.imported.taken, answer.imported.mistakes.length)}</b> {answer.imported.claimed > 0 ? words.claimed(answer.imported.claimed) : ''}
          </p>
        )}
      </div>
      {answer === undefined || answer.imported.mistakes.length === 0 ? null : (
        <ul className="findings scroll" tabIndex={0} aria-label={words.title}>
          {answer.imported.mistakes.map(({ row, field, message, remedy }) => (
            <li key={`${row} ${field} ${message}`}>
              <b>{words.mistake(row, field)}</b> <bdi>{`${message}.`}</bdi> <bdi>{remedy}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
