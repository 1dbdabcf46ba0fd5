import { CallFilled, CallRegular } from '@fluentui/react-icons/svg/call';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import type { PersonState } from '../../../talk/people.ts';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Picture } from './picture.tsx';
import { FindNumber } from './find-number.tsx';
import { callOf, chatLink, lineOf } from './said.ts';
import type { Calling } from './use-call.ts';

interface PersonRowProps {
  person: ItemPerson;
  state: PersonState | undefined;
  /** When what is shown is from, epoch ms; undefined while it is live. */
  oldSince: number | undefined;
  open: () => void;
  calling: Calling;
  search: (text: string) => void;
}

/** One person: name, on the phone, state; call and chat. The name opens the card. */
export function PersonRow({ person, state, oldSince, open, calling, search }: PersonRowProps) {
  const { language, times } = useSurroundings();
  const pack = usePeopleWords();
  const { people: words } = pack;
  const view = state?.availability ?? null;
  const line = lineOf(state, person.isList, Date.now(), { language, times }, pack);
  const isOutside = !person.isList && state?.where === 'outside';
  const shown = oldSince === undefined || view === null ? line : `${line} · ${words.asOf(times.time(oldSince))}`;
  const inCall = callOf(view, words);
  const name = view?.name ?? person.name;
  const canOpen = !person.isList && state?.where !== 'outside';
  const face = (
    <>
      <Picture name={name} view={view} old={oldSince !== undefined} />
      <span className="two-lines">
        <b><bdi>{name}</bdi></b>
        {inCall === undefined ? null : (
          <small className="on-phone">
            <CallFilled aria-hidden="true" /> {inCall}
          </small>
        )}
        <small>{shown}</small>
      </span>
    </>
  );
  return (
    <li className="person">
      {canOpen ? (
        <button type="button" className="row" data-page={person.address} onClick={open}>
          {face}
        </button>
      ) : (
        <span className="row">{face}</span>
      )}
      {view === null || view.missing.includes('line') ? null : (
        <button type="button" className="bare" aria-label={words.callThis(name)} title={words.callThis(name)} onClick={() => calling.beginWith(person.address)}>
          <CallRegular />
        </button>
      )}
      {isOutside ? <FindNumber person={person} search={search} dial={calling.begin} /> : null}
      {person.isList || state === undefined || state.where === 'outside' ? null : (
        <a className="bare" href={chatLink(person.address)} target="_blank" rel="noopener noreferrer" aria-label={words.chatWith(name)} title={words.chatWith(name)}>
          <ChatRegular />
        </a>
      )}
    </li>
  );
}
