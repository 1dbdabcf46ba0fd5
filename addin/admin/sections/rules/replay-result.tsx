import type { ReplayView } from '../../../../contract/availability/admin.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { timesFor } from '../../../../words/times.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { hoursOf, ruleWord, stateWord, zone } from './spoken.ts';
import { Warnings } from './warnings.tsx';

/** What came out otherwise: hours by state, and for whom most. */
export function ReplayResult({ replay }: { replay: ReplayView }) {
  const { language } = useSurroundings();
  const words = ruleWords(language).replay;
  const times = timesFor(language, zone);
  const faces = [...new Set([...Object.keys(replay.before), ...Object.keys(replay.after)])];
  return (
    <div role="status" className="answer">
      <Warnings codes={replay.warnings} />
      <p>
        <b>{replay.changedPeople === 0 ? words.nothing : words.changed(replay.changedPeople, hoursOf(language, replay.changedMinutes))}</b> {replay.unread > 0 ? words.unread(replay.unread) : ''}
      </p>
      {replay.untold > 0 ? <p>{words.untold(replay.untold, replay.appointments)}</p> : null}
      <table>
        <thead>
          <tr>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {faces.map((face) => (
            <tr key={face}>
              <th scope="row">{stateWord(language, face)}</th>
              <td>{hoursOf(language, replay.before[face] ?? 0)}</td>
              <td>{hoursOf(language, replay.after[face] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {replay.most.map(({ personId, name, outcome, changedMinutes, stretches }) => (
        <details key={personId}>
          <summary>
            {name}, {outcome === 'replayed' ? words.hours(hoursOf(language, changedMinutes)) : words.outcomes[outcome]}
          </summary>
          <ul className="findings">
            {stretches.map(({ from, to, before, after }) => (
              <li key={from}>{words.stretch(times.range(from, to), `${stateWord(language, before.face)} (${ruleWord(language, before.rule)})`, `${stateWord(language, after.face)} (${ruleWord(language, after.rule)})`)}</li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
