import { Button, Field, Input, ProgressBar } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReissueView } from '../../../../contract/conference/reissue.ts';
import { reissueWords } from '../../../../words/admin-reissue.ts';
import { timesFor } from '../../../../words/times.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';
import { LeftAlone } from './left-alone.tsx';
import { mayOf, progressOf } from './progress.ts';
import type { Reissues } from './use-reissues.ts';

/** Slow enough that people are not buried, and a thousand take half an hour. */
const USUAL_SPEED = 30;
/** As contract/conference/reissue.ts has it. */
const FASTEST = 600;

/** One reissue: what it found, how far it is, and what can be done with it. What mails people asks once more. */
export function RunCard({ reissue, isBusy, isOtherAtWork, start, stop, undo }: { reissue: ReissueView; isBusy: boolean; isOtherAtWork: boolean } & Pick<Reissues, 'start' | 'stop' | 'undo'>) {
  const { language } = useSurroundings();
  const words = reissueWords(language);
  const times = timesFor(language, zone);
  const [speed, setSpeed] = useState(String(reissue.eventsPerMinute ?? USUAL_SPEED));
  const [asks, setAsks] = useState<'start' | 'undo' | undefined>(undefined);
  const { id, bridge, toBridge = null, phase, state, madeAt, undoUntil, invites, reasons, peopleToMail, peopleMailed } = reissue;
  const { done, all } = progressOf(reissue);
  const may = mayOf(reissue, Date.now());
  const perMinute = Number(speed);
  const isSpeed = Number.isInteger(perMinute) && perMinute >= 1 && perMinute <= FASTEST;
  const name = words.name(times.dayAndTime(madeAt), bridge, toBridge);
  const counts = new Map(Object.entries(words.counts));
  const waiting = asks === 'undo' ? (invites['written'] ?? 0) : (invites['due'] ?? 0) + (invites['writing'] ?? 0);
  const isIdle = isBusy || isOtherAtWork || !isSpeed;
  function doIt(): void {
    if (asks === 'start') start(id, perMinute);
    if (asks === 'undo') undo(id, perMinute);
    setAsks(undefined);
  }
  return (
    <section className="card" aria-label={name}>
      <h3>{name}</h3>
      <p role="status">
        <b>{`${words.phases[phase]}, ${words.states[state]}`}</b>. {words.progress(done, all)}. {peopleToMail > 0 || phase === 'preview' ? words.mails(peopleToMail) : ''} {peopleMailed > 0 ? words.mailed(peopleMailed) : ''}
      </p>
      {state === 'running' ? <ProgressBar value={done} max={Math.max(all, 1)} aria-label={name} /> : null}
      <ul className="findings">
        {Object.entries(invites).map(([each, count]) => (
          <li key={each}>{`${count} ${counts.get(each) ?? each}`}</li>
        ))}
      </ul>
      {Object.keys(reasons).length === 0 ? null : <LeftAlone id={id} reasons={reasons} />}
      {may.start || may.undo ? (
        <Field label={words.speed} hint={isSpeed ? words.takes(Math.ceil(waiting / perMinute)) : undefined}>
          <Input type="number" min={1} max={FASTEST} value={speed} onChange={(_event, { value }) => setSpeed(value)} />
        </Field>
      ) : null}
      {may.undo && undoUntil !== null ? <p className="quiet">{words.undoNote(times.dayAndTime(undoUntil))}</p> : null}
      <div className="actions">
        {asks === undefined ? (
          <>
            {may.start ? (
              <Button appearance="primary" disabled={isIdle} onClick={() => setAsks('start')}>
                {phase === 'preview' ? words.start : words.goOn}
              </Button>
            ) : null}
            {may.stop ? (
              <Button disabled={isBusy} onClick={() => stop(id)}>
                {words.stop}
              </Button>
            ) : null}
            {may.undo ? (
              <Button className="danger" disabled={isIdle} onClick={() => setAsks('undo')}>
                {words.undo}
              </Button>
            ) : null}
          </>
        ) : (
          <>
            <Button appearance="primary" disabled={isIdle} onClick={doIt}>
              {words.sure(asks === 'start' ? peopleToMail : peopleMailed)}
            </Button>
            <Button onClick={() => setAsks(undefined)}>{words.cancel}</Button>
          </>
        )}
      </div>
    </section>
  );
}
