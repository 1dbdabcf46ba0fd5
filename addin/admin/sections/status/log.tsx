import { Button, Checkbox, Field, Select, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { LogLine } from '../../../../contract/operations/operations.ts';
import { statusWords } from '../../../../words/admin-status.ts';
import type { StatusWords } from '../../../../words/admin-status.ts';
import { timesFor } from '../../../../words/times.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';
import { useLog } from './use-log.ts';
import type { Level } from './use-log.ts';

const levels = ['info', 'warn', 'error'] as const;
const dayMs = 86_400_000;

/** What stands in the fields, ids by whom and what they stand for. */
function said(fields: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>): string {
  const text = (value: unknown): string => (typeof value === 'string' ? (names[value] ?? value) : JSON.stringify(value));
  return Object.entries(fields).filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => `${name}=${text(value)}`).join(' ');
}

/** The steps of the seed (A126): with which system, at which address, and which version answered. A state has its own word. */
function stepText(words: StatusWords, { step, message, fields }: LogLine): { text: string; rest: Readonly<Record<string, unknown>> } {
  const word = new Map(Object.entries(words.steps)).get(step ?? '');
  if (word === undefined) return { text: message, rest: fields };
  const { instance, state, address, version, ...rest } = fields;
  if (step !== 'system.state') return { text: `${word}${typeof instance === 'string' ? `: ${instance}` : ''}`, rest: { ...rest, state, address, version } };
  const how = state === 'ready' ? words.steps['system.connected'] : (new Map(Object.entries(words.states)).get(String(state)) ?? String(state));
  return { text: `${how}: ${[instance, version, address].filter((each) => typeof each === 'string').join(', ')}`, rest };
}

/** The log as it fills, the newest first. */
export function Log() {
  const { language, words: all } = useSurroundings();
  const words = statusWords(language);
  const times = timesFor(language, zone);
  const clock = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const [level, setLevel] = useState<Level>('info');
  const [follows, setFollows] = useState(true);
  const { lines, names, used, oldest, older, task } = useLog(level, follows);
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
        {lines.length > 0 ? null : task.busy ? <Spinner size="tiny" label={all.loading} /> : <p>{words.empty[level]}</p>}
        {lines.map((line) => {
          const { seq, at, level: importance } = line;
          const { text, rest } = stepText(words, line);
          return (
            <p key={seq} className={importance}>
              <span className="quiet">
                {times.day(at)}, {clock.format(new Date(at))}
              </span>{' '}
              {importance === 'info' ? null : <b>{words.importance[importance]}: </b>}
              {text} <bdi className="quiet">{said(rest, names)}</bdi>
            </p>
          );
        })}
      </div>
      {lines.length === 0 ? null : (
        <Button disabledFocusable={task.busy && !follows} onClick={older}>
          {words.older}
        </Button>
      )}
    </section>
  );
}
