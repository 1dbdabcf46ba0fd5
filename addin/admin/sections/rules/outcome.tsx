import type { HearsView, OutcomeView } from '../../../../contract/availability/admin.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import type { RuleWords } from '../../../../words/admin-rules.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { timesFor } from '../../../../words/times.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { ruleWord, stateWord, whyWord, zone } from './spoken.ts';

/** What callers hear in front of the box. */
function hearsWord({ kind, text, sound, lacksVoice }: HearsView, words: RuleWords['whatIf']['hears']): string {
  if (kind === 'spoken' && text !== null) return words.text(`\u2068${text}\u2069`);
  return kind === 'prompt' && sound !== null ? words.sound(sound) : lacksVoice ? words.noVoice : words.own;
}

/** What a call meets, and why: in sentences. */
export function Outcome({ title, outcome }: { title: string; outcome: OutcomeView }) {
  const { language } = useSurroundings();
  const words = ruleWords(language).whatIf;
  const makesWords = new Map(Object.entries(settingWords(language).values));
  const times = timesFor(language, zone);
  const state = stateWord(language, outcome.state.face);
  return (
    <section className="outcome" aria-label={title}>
      <h3>{title}</h3>
      <p>
        <b>{outcome.until === null ? words.open(state) : words.until(state, times.dayAndTime(outcome.until))}</b> {whyWord(language, outcome.why.rule)} {outcome.next === null ? '' : words.next(stateWord(language, outcome.next.face))}
      </p>
      {outcome.phones.map(({ pbx, extension, does, hears }) => (
        <p key={`${pbx} ${extension}`}>
          {words.does[does](extension)} {hears == null ? '' : words.hears[does === 'voicemail' ? 'at' : 'unanswered'](hearsWord(hears, words.hears))}
        </p>
      ))}
      {outcome.phones.length > 0 ? <p className="quiet">{words.route}</p> : null}
      {outcome.appointments.length === 0 ? null : (
        <>
          <h4>{words.appointments}</h4>
          <ul className="findings">
            {outcome.appointments.map(({ from, to, makes, rule, isPrivate, untold }) => (
              <li key={`${from} ${to} ${rule}`}>
                {words.counts(times.hours(from, to), makes === 'free' ? stateWord(language, 'available') : (makesWords.get(makes) ?? makes), ruleWord(language, rule), isPrivate)}
                {untold.length > 0 ? <p className="quiet">{words.untold}</p> : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
