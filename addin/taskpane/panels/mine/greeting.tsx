import { useCallback, useEffect, useRef, useState } from 'react';
import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { peopleTalk } from '../../../talk/people.ts';
import { Button } from '../../parts/button.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { hearsText } from './choosing.ts';

/** A greeting that is still being spoken is asked for again after this, ms. */
const AGAIN_MS = 3000;

/** What callers hear now before they may leave a message, and *Listen*. Nothing where no phone system plays greetings of ours. */
export function Greeting({ view }: { view: AvailabilityView }) {
  const { server, language } = useSurroundings();
  const words = usePeopleWords().people.mine.hears;
  const { value, again } = useAsked(useCallback(() => peopleTalk(server.transport).greeting(language), [server, language]));
  const [sound, setSound] = useState<{ state: 'still' | 'loading' | 'playing' | 'failed'; stop?: () => void }>({ state: 'still' });
  const stop = useRef(() => undefined as void);
  const { face } = view.state;
  const { until } = view;
  const first = useRef(true);
  useEffect(() => {
    // Another state is another greeting.
    if (!first.current) again();
    first.current = false;
    return () => {
      stop.current();
      setSound({ state: 'still' });
    };
  }, [face, until, again]);
  useEffect(() => {
    const timer = value?.missing === 'not-made-yet' ? setTimeout(again, AGAIN_MS) : undefined;
    return () => clearTimeout(timer);
  }, [value, again]);
  if (value === undefined || value.missing === 'phone-system') return null;

  async function listen(): Promise<void> {
    stop.current();
    setSound({ state: 'loading' });
    const address = await peopleTalk(server.transport).greetingSound(language);
    const audio = new Audio(address);
    const end = (state: 'still' | 'failed'): void => {
      audio.pause();
      URL.revokeObjectURL(address);
      stop.current = () => undefined;
      setSound({ state });
    };
    stop.current = () => end('still');
    audio.addEventListener('ended', () => end('still'));
    audio.addEventListener('error', () => end('failed'));
    await audio.play();
    setSound({ state: 'playing' });
  }
  const isOn = sound.state === 'playing' || sound.state === 'loading';
  return (
    <p className="quiet">
      {hearsText(value, words)} {value.text === null ? null : <q lang={value.language ?? undefined} dir="auto">{value.text}</q>}{' '}
      {value.kind === 'spoken' && value.isReady ? (
        <Button size="small" onClick={() => (isOn ? stop.current() : void listen().catch(() => setSound({ state: 'failed' })))}>
          {isOn ? words.stop : words.listen}
        </Button>
      ) : null}
      <span role="status">{sound.state === 'failed' ? ` ${words.silent}` : ''}</span>
    </p>
  );
}
