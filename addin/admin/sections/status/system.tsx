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
        <b className={`state ${state}`}>{words.states[state]}</b> <span className="quiet">{`${words.since(times.dayAndTime(since))}, ${words.told(times.dayAndTime(toldAt))}`}</span>
      </p>
      <p className="quiet">
        <bdi>{[version ?? type, address].filter((each) => each !== null).join(' · ')}</bdi>
      </p>
      {gaps.length === 0 ? null : (
        <>
          <h3>{words.gaps}</h3>
          <ul className="findings">
            {gaps.map(({ capability, reason, remedy }) => (
              <li key={capability}>
                <b>
                  <bdi>{capability}</bdi>
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
          {words.capabilities}: <bdi>{capabilities.join(', ')}</bdi>
        </p>
      )}
      <Button onClick={force} aria-label={words.forceThis(instance)}>
        {words.force}
      </Button>
    </section>
  );
}
