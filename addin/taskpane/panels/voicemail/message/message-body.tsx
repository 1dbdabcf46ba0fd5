import { CallRegular } from '@fluentui/react-icons/svg/call';
import { DesktopSpeakerRegular } from '@fluentui/react-icons/svg/desktop-speaker';
import { PhoneDesktopRegular } from '@fluentui/react-icons/svg/phone-desktop';
import { useState } from 'react';
import type { VoicemailView } from '../../../../../contract/voicemail/voicemail.ts';
import { Button } from '../../../parts/button.tsx';
import { Message } from '../../../parts/message.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { callSaid } from '../phone/call-said.ts';
import { refusedSaid } from '../phone/refused-said.ts';
import { useDesk } from '../phone/use-desk.ts';
import { usePlayer } from '../player-of.ts';
import { nameOf, stateOf } from '../shown.ts';
import { Caller } from './caller.tsx';
import { forwardByMail } from './by-mail.ts';
import { Controls } from './controls.tsx';
import { forwardSaid } from './forward-said.ts';
import { Notices } from './notices.tsx';
import { saveFile } from './save-file.ts';
import { soundSaid } from './sound-said.ts';
import type { ShownMessage } from './use-message.ts';
import { Team } from '../team/team.tsx';
import { Transcript } from './transcript.tsx';
import { useWaveform } from './use-waveform.ts';

/** One message: who, the recording, the two ways to answer it, and what stands in the way. */
export function MessageBody({ item, message }: { item: VoicemailView; message: ShownMessage }) {
  const { team } = message;
  const { server, times, words: pane } = useSurroundings();
  const { listening: words, playing: playingWords } = useListeningWords();
  const { player, playing } = usePlayer();
  const { desk, state } = useDesk();
  const { shape, trouble } = useWaveform(item.id, item.hasAudio);
  const [fault, setFault] = useState(false);
  const name = nameOf(item, words);
  const isMine = playing.id === item.id;
  const sounds = isMine && playing.phase === 'playing';
  const isDeleted = stateOf(item) === 'deleted';
  const playHere = (): void => {
    desk.dismiss();
    player.play(item.id);
  };
  const onPhone = (): void => {
    player.pause();
    desk.ring({ voicemailId: item.id });
  };
  const call = (number: string): void => {
    player.pause();
    desk.ring({ number });
  };
  const callBack = item.callerNumber === '' ? undefined : (): void => call(item.callerNumber);
  const byMail = (): void => void forwardByMail(item, [], words, times).catch(() => setFault(true));
  const save = (): void => void saveFile(server.transport, item.id, `voicemail-${item.leftAt.slice(0, 10)}.wav`).catch(() => setFault(true));

  const ringing = state.call !== undefined && (state.call.voicemailId === item.id || (state.call.voicemailId === null && state.call.number !== '')) ? state.call : undefined;
  const given = { words, playing: playingWords, phones: state.phones ?? [], playHere, ring: desk.ring, hangUp: desk.hangUp };
  const said = [
    soundSaid(shape, trouble, isMine && playing.phase === 'failed' ? playing.fault : undefined, { words, playing: playingWords, onPhone, save: item.protection === 'secure' ? undefined : save, callBack, again: playHere, tryAgain: pane.tryAgain }),
    ringing === undefined ? undefined : callSaid(ringing, given),
    refusedSaid(state.refused, words),
    message.one === undefined ? undefined : forwardSaid(message.one.forwards, Date.now(), words, playingWords, byMail),
    fault ? { weight: 'red' as const, ...words.notDone } : undefined,
  ].filter((each) => each !== undefined);
  const isOnPhone = ringing !== undefined && ringing.voicemailId === item.id && ringing.state !== 'ended';
  return (
    <>
      <Caller item={item} one={message.one} />
      <Controls id={item.id} peaks={shape?.peaks ?? []} length={shape?.durationSeconds ?? item.durationSeconds} />
      {team === null ? null : <Team id={item.id} caller={name} team={team} />}
      <Notices message={message} item={item} sounds={sounds} />
      {said.map((each) => (
        <Message key={each.lead} {...each} />
      ))}
      <div className="pair">
        {callBack === undefined ? null : (
          <Button appearance="primary" icon={<CallRegular />} aria-label={words.callThis(name)} onClick={callBack}>
            {words.callBack}
          </Button>
        )}
        {isOnPhone ? (
          <Button icon={<DesktopSpeakerRegular />} onClick={() => { desk.hangUp(); player.play(item.id); }}>
            {words.onComputer}
          </Button>
        ) : isDeleted || team?.access === 'listen' ? null : (
          <Button icon={<PhoneDesktopRegular />} onClick={onPhone}>
            {words.playOnPhone}
          </Button>
        )}
      </div>
      <Transcript transcript={message.one?.transcript} call={call} />
    </>
  );
}
