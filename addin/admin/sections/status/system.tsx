import { Button } from '@fluentui/react-components';
import type { SystemStatus } from '../../../../contract/operations/operations.ts';
import { statusWords } from '../../../../words/admin-status.ts';
import { timesFor } from '../../../../words/times.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { zone } from '../rules/spoken.ts';

/** One connected system: how it does, what it cannot do and the remedy, what waits for it. */
export function System({ system, force }: { system: SystemStatus; force: () => void }) {
  const { language } = useSurroundings();
  const words = statusWords(language);
  const times = timesFor(language, zone);
  const { instance, type, state, since, toldAt, address, version, capabilities, gaps, failing } = system;
  return (
    <section className="card" aria-label={instance}>
      <h2>
        <bdi>{instance}</bdi>
      </h2>
      <p>
        <StateMark state={state} /> <b>{words.states[state]}</b> <span className="quiet">{`${words.since(times.dayAndTime(since))}, ${words.told(times.dayAndTime(toldAt))}`}</span>
      </p>
      <p className="quiet">
        <bdi>{[version ?? words.types[type] ?? type, address].filter((each) => each !== null).join(' · ')}</bdi>
      </p>
      {gaps.length === 0 ? null : (
        <>
          <h3>{words.gaps}</h3>
          <ul className="findings">
            {gaps.map(({ capability, reason, remedy }) => (
              <li key={capability}>
                <b>
                  <bdi>{words.can[capability] ?? capability}</bdi>
                </b>{' '}
                <bdi>{reason}</bdi> <bdi>{remedy}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {failing.length === 0 ? null : (
        <>
          <h3>{words.failing}</h3>
          <ul className="findings">
            {failing.map(({ kind, waiting, error }) => (
              <li key={kind}>
                <bdi>{words.waiting(kind, waiting)}</bdi> <bdi className="quiet">{error}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {capabilities.length === 0 ? null : (
        <p className="quiet">
          {words.capabilities}: <bdi>{capabilities.map((each) => words.can[each] ?? each).join(', ')}</bdi>
        </p>
      )}
      <Button onClick={force} aria-label={words.forceThis(instance)}>
        {words.force}
      </Button>
    </section>
  );
}

/** Shape first, colour last: a tick, a bar, a cross. The word stands beside it. */
const marks = { good: 'M4 8.5l2.8 2.8L12 5.5', partly: 'M8 4v5M8 11.5v.5', bad: 'M5 5l6 6M11 5l-6 6', open: 'M5 8h6' } as const;

function StateMark({ state }: { state: SystemStatus['state'] }) {
  const kind = state === 'ready' ? 'good' : state === 'limited' ? 'partly' : state === 'down' || state === 'refused' ? 'bad' : 'open';
  return (
    <svg className={`mark ${kind}`} viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      {kind === 'good' || kind === 'open' ? <circle cx="8" cy="8" r="7" /> : <rect x="1" y="1" width="14" height="14" rx="2" />}
      <path d={marks[kind]} />
    </svg>
  );
}
