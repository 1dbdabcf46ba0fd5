import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useEffect } from 'react';
import { stateText } from '../../../words/availability.ts';
import { Presence } from '../parts/presence.tsx';
import { isOnlyElsewhere, ownState, shownState } from '../panels/people/said.ts';
import { useMine } from '../panels/mine/use-mine.ts';
import { usePeopleWords } from '../people-words.ts';
import { whyText } from '../panels/mine/choosing.ts';
import { useSurroundings } from '../surroundings.tsx';
import { watchSignal } from './signal.ts';

/** A state that could not be had is asked for again so often, ms. */
const AGAIN_MS = 20_000;

/** My own state in the frame: what, until when, why; comes after the first panel, whose weight it must not bear. */
export function MeState({ letters, name }: { letters: string; name: string }) {
  const { words, language, times } = useSurroundings();
  const pack = usePeopleWords();
  const { availability, people } = pack;
  const { view, oldSince, asked } = useMine();
  const { trouble, again } = asked;
  useEffect(() => {
    if (trouble === undefined) return undefined;
    // The server may come back; somebody who signs in elsewhere in the pane, or hears other news there, need not wait for that.
    const timer = setInterval(again, AGAIN_MS);
    const deaf = watchSignal(again);
    return () => {
      clearInterval(timer);
      deaf();
    };
  }, [trouble, again]);
  const isOnlyTeams = view !== undefined && isOnlyElsewhere(view);
  const told = view === undefined ? undefined : isOnlyTeams ? ownState(view, Date.now(), { language, times }, pack) : stateText({ state: view.state, until: view.until === null ? null : Date.parse(view.until), next: view.next }, Date.now(), { language, times });
  const old = oldSince === undefined ? undefined : people.asOf(times.time(oldSince));
  return (
    <>
      <span className="picture" aria-hidden="true">
        {letters}
        <Presence state={shownState(view ?? null)} old={oldSince !== undefined} />
      </span>
      <span className="two-lines">
        <b>{told ?? (name === '' ? 'Tieline' : name)}</b>
        <small>{view === undefined ? words.stateUnknown : (old ?? (isOnlyTeams ? people.mine.missing.line : whyText(view.why.rule, availability)))}</small>
      </span>
      <ChevronRightRegular className="chevron" aria-hidden="true" />
    </>
  );
}
