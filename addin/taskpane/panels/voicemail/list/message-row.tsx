import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import type { ReactNode } from 'react';
import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { usePlayer } from '../player-of.ts';
import { Portrait } from '../portrait.tsx';
import { lengthOf, nameOf, numberOf, rowTime, stateOf } from '../shown.ts';

/** One message of the list: who, when, how long; the row opens it, the button at its end plays it at once. `children`: what stands under it. */
export function MessageRow({ item, open, children }: { item: VoicemailView; open: (id: string) => void; children?: ReactNode }) {
  const { times, language } = useSurroundings();
  const { listening: words } = useListeningWords();
  const { player, playing } = usePlayer();
  const name = nameOf(item, words);
  const isUnheard = stateOf(item) === 'unheard';
  const sounds = playing.id === item.id && (playing.phase === 'playing' || playing.phase === 'loading');
  const when = rowTime(item.leftAt, Date.now(), times, language);
  const facts = [numberOf(item, words), lengthOf(item.durationSeconds)].filter(Boolean);
  const states = [...(item.isUrgent ? [words.urgentInRow] : []), ...(isUnheard ? [words.unheardInRow] : [])];
  return (
    <li className={isUnheard ? 'voicemail unheard' : 'voicemail'}>
      <button type="button" className="row" data-page={item.id} onClick={() => open(item.id)}>
        <Portrait name={item.callerName} number={item.callerNumber} />
        <span className="two-lines">
          <span className="caller-line">
            {isUnheard ? <b>{name}</b> : <span className="title">{name}</span>}
            <small>{when}</small>
          </span>
          <small>
            {facts.join(' · ')}
            {states.map((state) => (
              <b key={state}> · {state}</b>
            ))}
          </small>
        </span>
      </button>
      <button type="button" className="bare go" aria-label={sounds ? words.pause : words.playThis(name)} title={sounds ? words.pause : words.play} onClick={() => (sounds ? player.pause() : player.play(item.id))}>
        {sounds ? <PauseFilled /> : <PlayFilled />}
      </button>
      {children}
    </li>
  );
}
