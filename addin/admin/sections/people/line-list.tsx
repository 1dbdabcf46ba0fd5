import { Button, Field, Spinner, Textarea } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { linesRoutes } from '../../../../contract/people/lines-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useDraft } from '../../parts/use-draft.ts';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { decodeList } from './decode.ts';
import { saveFile } from './save-file.ts';

export interface Imported {
  taken: number;
  claimed: number;
  mistakes: { row: number; field: string; message: string; remedy: string }[];
}

/** A list of 50,000 lines takes the server some seconds; on a slow one it must not be given up. */
const LIST_DEADLINE_MS = 180_000;
/** As contract/people/lines.ts has it. */
const LONGEST = 20_000_000;
/** Longer ones are not shown in a field: it would be slow, and nobody reads them there. */
const MOST_SHOWN = 100_000;

const example = 'pbx,extension,owner,devices,voicemail\npbx,201,anna@example.com,PJSIP/201,201@default';

/** All lines as CSV: given, and taken again; looked at first, then taken; each broken line named with its remedy. */
export function LineList({ taken }: { taken: () => void }) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).list;
  const [csv, setCsv] = useDraft('lines as a list');
  const [file, setFile] = useState('');
  const [answer, setAnswer] = useState<{ imported: Imported; onlyLook: boolean } | undefined>(undefined);
  const chooser = useRef<HTMLInputElement>(null);
  const task = useTask();
  const slow = { ...transport, deadlineMs: LIST_DEADLINE_MS };
  function write(text: string, from: string): void {
    setCsv(text);
    setFile(from);
    setAnswer(undefined);
    if (from === '' && chooser.current !== null) chooser.current.value = '';
  }
  function send(onlyLook: boolean): void {
    setAnswer(undefined);
    task.run(async () => {
      const imported = await get<Imported>(slow, linesRoutes.importList, 'mistakes', { body: { csv, onlyLook } });
      // What has broken lines stays, to be mended.
      if (!onlyLook && imported.mistakes.length === 0) write('', '');
      setAnswer({ imported, onlyLook });
      if (!onlyLook) taken();
    });
  }
  const isTooLong = csv.length > LONGEST;
  const isIdle = csv.trim() === '' || isTooLong || task.busy;
  const count = csv.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length;
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      <details>
        <summary>{words.example}</summary>
        <pre className="example">{example}</pre>
      </details>
      <Button disabledFocusable={task.busy} onClick={() => task.run(async () => saveFile(words.fileName, `\uFEFF${(await get<{ csv: string }>(slow, linesRoutes.exportList, 'csv', {})).csv}`))}>
        {words.download}
      </Button>
      <Field label={words.file}>
        {(props) => (
          <input
            {...props}
            ref={chooser}
            className="file"
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen !== undefined) task.run(async () => write(decodeList(new Uint8Array(await chosen.arrayBuffer())), chosen.name));
            }}
          />
        )}
      </Field>
      {file === '' || csv === '' ? null : <p className="quiet">{words.read(file, words.lines(count, new Intl.NumberFormat(language).format(count)))}</p>}
      {csv.length > MOST_SHOWN ? null : (
        <Field label={words.or}>
          <Textarea className="code" resize="vertical" rows={6} value={csv} onChange={(_event, { value }) => write(value, '')} />
        </Field>
      )}
      {isTooLong ? <p role="alert">{words.tooLong}</p> : null}
      <div className="actions">
        <Button disabledFocusable={isIdle} onClick={() => send(true)}>
          {words.look}
        </Button>
        <Button appearance="primary" disabledFocusable={isIdle} onClick={() => send(false)}>
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
        <ul className="findings scroll" tabIndex={0} aria-label={words.mistakes}>
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
