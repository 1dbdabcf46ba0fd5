import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { useEffect, useState } from 'react';
import type { AvailabilityView } from '../../../../contract/availability/availability.ts';
import { Button } from '../../parts/button.tsx';
import { Message } from '../../parts/message.tsx';
import { Presence } from '../../parts/presence.tsx';
import { ChoiceRow, Rows } from '../../parts/row.tsx';
import { SecondPage } from '../../parts/second-page.tsx';
import { Wait } from '../../parts/wait.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { isOnlyElsewhere, ownState, shownState } from '../people/said.ts';
import { choices, endOf, lengths, whyText } from './choosing.ts';
import type { Length } from './choosing.ts';
import { Greeting } from './greeting.tsx';
import { useMine } from './use-mine.ts';

/** What I am, until when, and why; what I choose instead, and for how long. Written when it is changed. */
export function MyAvailability({ close }: { close: () => void }) {
  const { language, times, announce } = useSurroundings();
  const pack = usePeopleWords();
  const { people, availability } = pack;
  const words = people.mine;
  const mine = useMine();
  const [picked, setLength] = useState<Length | undefined>(undefined);
  const [time, setTime] = useState('');
  const { view, asked, saving, trouble, choose, automatic } = mine;
  const said = view === undefined ? undefined : ownState(view, Date.now(), { language, times }, pack);
  useEffect(() => {
    if (said !== undefined) announce(said);
  }, [said, announce]);
  const frame = { back: 'Tieline', title: words.title, close };
  if (view === undefined) return <SecondPage {...frame} still={asked.trouble === undefined}><Wait asked={asked} text={people.asking} unreached={words.unreached} /></SecondPage>;

  const hasLine = !view.missing.includes('line');
  const isFollowed = !isOnlyElsewhere(view);
  const isManual = view.why.source === 'manual';
  // How long a choice of an earlier hour was to last is not known any more; when it ends stands above.
  const length = picked ?? (view.why.rule === 'until-time' ? undefined : 'next');
  const chosen: string = isManual ? view.state.face : 'automatic';
  const pick = (face: (typeof choices)[number], how: Length, at: string): void => {
    if (face === 'automatic') return automatic();
    // Without a time said yet it begins at once, and is given its end when that is said.
    choose(face, endOf(how, at, Date.now()) ?? null);
  };
  return (
    <>
      <SecondPage {...frame} wait={saving ? people.searching : undefined}>
        {trouble === undefined ? null : <Wait asked={{ trouble, again: asked.again }} text="" unreached={words.unreached} />}
        {view.missing.map((each) => <Message key={each} weight="amber" lead={words.missing[each]} text="" />)}
        <Rows>
          <li className="row">
            <span className="icon" aria-hidden="true"><Presence state={shownState(view)} /></span>
            <span className="two-lines"><b>{said}</b></span>
          </li>
        </Rows>
        {isFollowed ? <Why view={view} /> : null}
        <fieldset className="section">
          <legend>{words.choose}</legend>
          <Rows>
            {choices.map((face) => (
              <ChoiceRow
                key={face}
                name="my-state"
                icon={face === 'automatic' ? <ArrowSyncRegular /> : <Presence state={{ face, availability: face === 'outOfOffice' ? 'away' : face }} />}
                title={words.choices[face].title}
                text={hasLine ? words.choices[face].text : face === 'automatic' ? words.noLine.automatic : words.noLine.byHand}
                chosen={face === chosen}
                choose={() => pick(face, length ?? 'next', time)}
              />
            ))}
          </Rows>
        </fieldset>
        <div className="filter" role="group" aria-label={words.howLong}>
          {lengths.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === length}
              onClick={() => {
                setLength(each);
                const face = choices.find((one) => one === chosen);
                if (isManual && face !== undefined && each !== 'time') pick(face, each, time);
              }}
            >
              {words.lengths[each]}
            </button>
          ))}
        </div>
        {length !== 'time' ? null : (
          <form
            className="pair"
            onSubmit={(event) => {
              event.preventDefault();
              const face = choices.find((one) => one === chosen);
              if (face !== undefined && isManual) pick(face, 'time', time);
            }}
          >
            <label>{words.until} <input className="pick" type="time" required value={time} onChange={({ target }) => setTime(target.value)} /></label>
            <Button type="submit" disabledFocusable={!isManual || time === ''}>{words.set}</Button>
          </form>
        )}
        {isManual && view.why.rule === 'until-ended' ? <p className="quiet">{words.endsByHand}</p> : null}
        <p className="quiet">{isFollowed && availability.faces[view.next?.face ?? 'available'] && view.until !== null ? words.after(availability.faces[view.next?.face ?? 'available']) : ''}</p>
        <Greeting view={view} />
      </SecondPage>
      {isManual ? (
        <footer className="footer">
          <Button className="wide" appearance="primary" icon={<ArrowSyncRegular />} disabledFocusable={saving} onClick={automatic}>{words.automatic}</Button>
        </footer>
      ) : null}
    </>
  );
}

function Why({ view }: { view: AvailabilityView }) {
  const { people, availability } = usePeopleWords();
  return <Message weight="grey" lead={people.mine.whyTitle} text={whyText(view.why.rule, availability)} />;
}
