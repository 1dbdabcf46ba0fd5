import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { SkipBack1024Regular } from '@fluentui/react-icons/svg/skip-back';
import { SkipForward1024Regular } from '@fluentui/react-icons/svg/skip-forward';
import { Speaker2Regular } from '@fluentui/react-icons/svg/speaker';
import { SpeakerMuteRegular } from '@fluentui/react-icons/svg/speaker-mute';
import { useState } from 'react';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { usePlayer } from '../player-of.ts';
import { lengthOf } from '../shown.ts';
import { Waveform } from './waveform.tsx';

const RATES = [0.75, 1, 1.25, 1.5, 2];
/** What the ten-second buttons move, seconds. */
const STEP = 10;

/** The recording and its buttons. Before it plays, seeking says from where it will. */
export function Controls({ id, peaks, length }: { id: string; peaks: readonly number[]; length: number }) {
  const { language } = useSurroundings();
  const { listening: words } = useListeningWords();
  const { player, playing } = usePlayer();
  const [from, setFrom] = useState(0);
  const [showsVolume, setShowsVolume] = useState(false);
  const isMine = playing.id === id;
  const duration = isMine && Number.isFinite(playing.duration) ? playing.duration : length;
  const at = isMine ? Math.min(playing.at, duration) : Math.min(from, duration);
  const sounds = isMine && (playing.phase === 'playing' || playing.phase === 'loading');
  const number = new Intl.NumberFormat(language);

  function seek(seconds: number): void {
    if (isMine) player.seek(seconds);
    else setFrom(Math.min(Math.max(0, seconds), duration));
  }

  function turn(): void {
    if (sounds) return player.pause();
    player.play(id, isMine ? undefined : from);
    setFrom(0);
  }

  return (
    <div className={isMine ? 'player mine' : 'player'}>
      <Waveform peaks={peaks} at={at} duration={duration} seek={seek} />
      <p className="clock" dir="ltr">
        <span>{lengthOf(at)}</span>
        <span>{lengthOf(duration)}</span>
      </p>
      <div className="buttons">
        <button type="button" className="bare" aria-label={words.tenBack} title={words.tenBack} onClick={() => seek(at - STEP)}>
          <SkipBack1024Regular />
        </button>
        <button type="button" className="bare big" aria-label={sounds ? words.pause : words.play} title={sounds ? words.pause : words.play} aria-busy={isMine && playing.phase === 'loading'} onClick={turn}>
          {sounds ? <PauseFilled /> : <PlayFilled />}
        </button>
        <button type="button" className="bare" aria-label={words.tenOn} title={words.tenOn} onClick={() => seek(at + STEP)}>
          <SkipForward1024Regular />
        </button>
        <select className="pick" aria-label={words.speed(`${number.format(playing.rate)}×`)} value={playing.rate} onChange={({ target }) => player.setRate(Number(target.value))}>
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {number.format(rate)}×
            </option>
          ))}
        </select>
        <button type="button" className="bare" aria-label={words.volume} title={words.volume} aria-expanded={showsVolume} onClick={() => setShowsVolume(!showsVolume)}>
          {playing.volume === 0 ? <SpeakerMuteRegular /> : <Speaker2Regular />}
        </button>
      </div>
      {showsVolume ? <input type="range" className="volume" aria-label={words.volume} min={0} max={1} step={0.05} value={playing.volume} onChange={({ target }) => player.setVolume(Number(target.value))} /> : null}
    </div>
  );
}
