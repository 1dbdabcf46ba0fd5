import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { useSurroundings } from '../../surroundings.tsx';
import { useListeningWords } from './listening-words.ts';
import { usePlayer } from './player-of.ts';
import { lengthOf, nameOf } from './shown.ts';
import { useFeed } from './use-feed.ts';
import './voicemail.css';

/** What is being listened to, while something else is in view. */
export function PlayingBar() {
  const { listening: words } = useListeningWords();
  const { words: pane } = useSurroundings();
  const { player, playing } = usePlayer();
  const { items, shared } = useFeed();
  const { id } = playing;
  if (id === undefined) return null;
  const item = [...(items ?? []), ...shared.map(({ voicemail }) => voicemail)].find((each) => each.id === id);
  const name = item === undefined ? pane.tabs.voicemail : nameOf(item, words);
  const sounds = playing.phase === 'playing' || playing.phase === 'loading';
  return (
    <div className="playing-bar" role="group" aria-label={words.nowPlaying(name)}>
      <button type="button" className="bare" aria-label={sounds ? words.pause : words.play} title={sounds ? words.pause : words.play} onClick={() => (sounds ? player.pause() : player.play(id))}>
        {sounds ? <PauseFilled /> : <PlayFilled />}
      </button>
      <span className="two-lines">
        <span className="title">{name}</span>
        <small dir="ltr">
          {lengthOf(playing.at)} / {lengthOf(playing.duration)}
        </small>
      </span>
      <button type="button" className="bare" aria-label={words.closeSound} title={words.closeSound} onClick={player.close}>
        <DismissRegular />
      </button>
    </div>
  );
}
