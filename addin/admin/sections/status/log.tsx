import { Button, Checkbox, Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { statusWords } from '../../../../words/admin-status.ts';
import { timesFor } from '../../../../words/times.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';
import { useLog } from './use-log.ts';
import type { Level } from './use-log.ts';

const levels = ['info', 'warn', 'error'] as const;
const dayMs = 86_400_000;

function said(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ');
}

/** The log as it fills, the newest first. */
export function Log() {
  const { language } = useSurroundings();
  const words = statusWords(language);
  const times = timesFor(language, zone);
  const steps = new Map(Object.entries(words.steps));
  const [level, setLevel] = useState<Level>('info');
  const [follows, setFollows] = useState(true);
  const { lines, used, oldest, older, task } = useLog(level, follows);
  return (
    <section className="card" aria-label={words.log}>
      <h2>{words.log}</h2>
      {oldest === null ? null : <p className="quiet">{words.used(new Intl.NumberFormat(language).format(used), Math.max(1, Math.ceil((Date.now() - Date.parse(oldest)) / dayMs)))}</p>}
      <div className="actions">
        <Field label={words.level}>
          <Select value={level} onChange={(_event, { value }) => setLevel(levels.find((each) => each === value) ?? 'info')}>
            {levels.map((each) => (
              <option key={each} value={each}>
                {words.levels[each]}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox label={words.follow} checked={follows} onChange={(_event, { checked }) => setFollows(checked === true)} />
      </div>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="log" role="log" aria-label={words.log} aria-live="off" tabIndex={0}>
        {lines.length === 0 ? <p>{words.empty}</p> : null}
        {lines.map(({ seq, at, level: importance, message, step, fields }) => (
          <p key={seq} className={importance}>
            <span className="quiet">{times.dayAndTime(at)}</span> {importance === 'info' ? null : <b>{words.importance[importance]}: </b>}
            {steps.get(step ?? '') ?? message} <bdi className="quiet">{said(fields)}</bdi>
          </p>
        ))}
      </div>
      {lines.length === 0 ? null : (
        <Button disabled={task.busy} onClick={older}>
          {words.older}
        </Button>
      )}
    </section>
  );
}
