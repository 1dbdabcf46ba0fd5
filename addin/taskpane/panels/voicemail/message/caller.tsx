import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { Portrait } from '../portrait.tsx';
import { heardAt, lengthOf, nameOf, numberOf, pageTime, stateOf } from '../shown.ts';
import type { ShownMessage } from './use-message.ts';

/** Who called, when, how long they spoke, and whether it was heard. */
export function Caller({ item, one }: { item: VoicemailView; one: ShownMessage['one'] }) {
  const { times } = useSurroundings();
  const { listening: words } = useListeningWords();
  const state = stateOf(item);
  const at = one === undefined ? undefined : heardAt(one.trail);
  const heard = at === undefined ? words.heard : words.heardAt(times.day(at) === times.day(Date.now()) ? times.time(at) : times.day(at));
  const badge = state === 'unheard' ? words.unheard : state === 'deleted' ? words.deleted : heard;
  const number = numberOf(item, words);
  return (
    <>
      <div className="caller">
        <Portrait name={item.callerName} number={item.callerNumber} big person={one?.voicemail.id === item.id ? (one.callerPersonId ?? undefined) : undefined} />
        <div className="two-lines">
          <h2>{nameOf(item, words)}</h2>
          {number === '' ? null : <span dir="ltr">{number}</span>}
        </div>
      </div>
      <div className="heading">
        <span className="quiet">{[pageTime(item.leftAt, Date.now(), times, words), lengthOf(item.durationSeconds)].join(' · ')}</span>
        <span className="badges">
          {(item.protection ?? 'none') === 'none' ? null : <span className="badge">{words.confidential}</span>}
          {item.isUrgent ? <span className="badge amber">{words.urgent}</span> : null}
          <span className={state === 'unheard' ? 'badge blue' : 'badge'}>{badge}</span>
        </span>
      </div>
    </>
  );
}
