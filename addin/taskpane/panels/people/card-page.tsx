import { CallFilled, CallRegular } from '@fluentui/react-icons/svg/call';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import { useCallback, useState } from 'react';
import type { OwnPhone } from '../../../../contract/people/calls.ts';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import { peopleTalk } from '../../../talk/people.ts';
import type { PersonState } from '../../../talk/people.ts';
import { Button } from '../../parts/button.tsx';
import { Presence } from '../../parts/presence.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { SecondPage } from '../../parts/second-page.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { Wait } from '../../parts/wait.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { CallSaid } from './call-said.tsx';
import { Picture } from './picture.tsx';
import { callOf, chatLink, isolated, lineOf, phoneLine, shownState } from './said.ts';
import { TogetherRow } from './together.tsx';
import type { Calling } from './use-call.ts';
import { useWhenFree } from './when-free.tsx';

interface CardPageProps {
  person: ItemPerson;
  /** As the list knows it: live. */
  state: PersonState | undefined;
  oldSince: number | undefined;
  calling: Calling;
  close: () => void;
}

/** One person: how they are reached, what a call would do now, and the way to begin one. */
export function PersonCardPage({ person, state, oldSince, calling, close }: CardPageProps) {
  const { server, words: pane, language, times } = useSurroundings();
  const pack = usePeopleWords();
  const { people: words } = pack;
  const asked = useAsked(useCallback(() => peopleTalk(server.transport).card(person.address), [server, person.address]));
  const own = useAsked(useCallback(() => peopleTalk(server.transport).phones(), [server]));
  const [chosen, setChosen] = useState<OwnPhone | undefined>(undefined);
  const card = asked.value;
  const view = state?.availability ?? card?.availability ?? null;
  const name = view?.name ?? card?.name ?? person.name;
  const now = Date.now();
  const phone = chosen ?? own.value?.[0];
  const first = card?.numbers[0];
  const line = lineOf(state ?? (card && { where: card.isInside ? 'inside' : 'outside', availability: card.availability }), person.isList, now, { language, times }, pack);
  const shown = shownState(view);
  const free = useWhenFree(person.address, shown?.availability === 'available' && callOf(view, words) === undefined);
  return (
    <SecondPage back={pane.tabs.people} title={name} close={close}>
      <div className="card-head">
        <Picture name={name} view={view} old={oldSince !== undefined} large />
        <span className="two-lines">
          <small><bdi>{card?.about}</bdi></small>
          <small dir="ltr">{person.address}</small>
        </span>
      </div>
      <CallSaid calling={calling} />
      <Rows>
        <Row icon={<Presence state={shown} old={oldSince !== undefined} />} title={<b>{line}</b>} text={oldSince === undefined ? undefined : words.old(times.time(oldSince))} />
        {view === null ? null : <Row icon={<CallFilled className={callOf(view, words) !== undefined ? 'on-phone' : ''} />} title={phoneLine(view, now, words)} />}
        {view?.elsewhere == null ? null : <Row icon={<ChatRegular />} title={words.inChat} />}
      </Rows>
      {card === undefined ? <Wait asked={asked} text={words.asking} unreached={words.unreached} /> : null}
      {card === undefined || (card.ifCalled === null && card.freeHalfHour === null) ? null : (
        <p className="quiet">
          {card.ifCalled === null ? '' : words.ifCalled[card.ifCalled]} {card.freeHalfHour === null ? '' : words.free(times.range(card.freeHalfHour.from, card.freeHalfHour.to))}
        </p>
      )}
      <div className="pair calls">
        {first === undefined || phone === undefined ? null : (
          <Button appearance="primary" icon={<CallRegular />} aria-label={words.callThis(name)} onClick={() => calling.begin(first.number, phone)}>
            {words.call}
          </Button>
        )}
        {card?.isInside === true ? (
          <Button as="a" icon={<ChatRegular />} href={chatLink(person.address)} target="_blank" rel="noopener noreferrer" aria-label={words.chatWith(name)}>
            {words.chat}
          </Button>
        ) : null}
        {card?.personId == null ? null : free.button}
      </div>
      {free.isWaiting ? <p className="quiet" role="status">{words.waiting(isolated(name))}</p> : null}
      {free.trouble === undefined ? null : <Wait asked={{ trouble: free.trouble, again: asked.again }} text="" unreached={words.unreached} />}
      {card === undefined || card.numbers.length === 0 ? null : (
        <>
          <h3>{words.numbers}</h3>
          <Rows>
            {card.numbers.map(({ kind, number }) => (
              <Row key={`${kind} ${number}`} icon={<CallRegular />} title={<bdi dir="ltr">{number}</bdi>} text={words.kinds[kind]}>
                {phone === undefined ? null : (
                  <button type="button" className="bare" aria-label={words.callNumber(number)} title={words.callNumber(number)} onClick={() => calling.begin(number, phone)}>
                    <CallRegular />
                  </button>
                )}
              </Row>
            ))}
          </Rows>
        </>
      )}
      {own.value === undefined || card === undefined ? null : (
        <>
          <h3>{words.yourPhone}</h3>
          {own.value.length > 1 ? (
            <select className="pick" aria-label={words.yourPhone} value={`${phone?.pbx} ${phone?.extension}`} onChange={({ target }) => setChosen(own.value?.find((each) => `${each.pbx} ${each.extension}` === target.value))}>
              {own.value.map((each) => (
                <option key={`${each.pbx} ${each.extension}`} value={`${each.pbx} ${each.extension}`}>
                  {each.name} {each.extension}
                </option>
              ))}
            </select>
          ) : null}
          <p className="quiet">{phone === undefined ? words.noOwnPhone : `${phone.name} ${phone.extension}. ${words.ringsFirst}`}</p>
        </>
      )}
      {card?.isInside === true ? <TogetherRow address={person.address} /> : null}
    </SecondPage>
  );
}
