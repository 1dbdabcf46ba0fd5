import { CallFilled, CallRegular } from '@fluentui/react-icons/svg/call';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import type { PersonState } from '../../../talk/people.ts';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Picture } from './picture.tsx';
import { chatLink, lineOf, ownReader } from './said.ts';

interface PersonRowProps {
  person: ItemPerson;
  state: PersonState | undefined;
  /** When what is shown is from, epoch ms; undefined while it is live. */
  oldSince: number | undefined;
  open: () => void;
  call: () => void;
}

/** One person: name, on the phone, state; call and chat. The name opens the card. */
export function PersonRow({ person, state, oldSince, open, call }: PersonRowProps) {
  const { language, times } = useSurroundings();
  const { people: words } = usePeopleWords();
  const view = state?.availability ?? null;
  const line = lineOf(state, person.isList, Date.now(), ownReader(language), words);
  const shown = oldSince === undefined || view === null ? line : `${line} · ${words.asOf(times.time(oldSince))}`;
  const isOnPhone = view?.onThePhone === true;
  const name = view?.name ?? person.name;
  const canOpen = !person.isList && state?.where !== 'outside';
  const face = (
    <>
      <Picture name={name} view={view} old={oldSince !== undefined} />
      <span className="two-lines">
        <b>{name}</b>
        {isOnPhone ? (
          <small className="on-phone">
            <CallFilled aria-hidden="true" /> {words.onThePhone}
          </small>
        ) : null}
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
        <button type="button" className="bare" aria-label={words.callThis(name)} title={words.callThis(name)} onClick={call}>
          <CallRegular />
        </button>
      )}
      {person.isList || state === undefined || state.where === 'outside' ? null : (
        <a className="bare" href={chatLink(person.address)} target="_blank" rel="noopener noreferrer" aria-label={words.chatWith(name)} title={words.chatWith(name)}>
          <ChatRegular />
        </a>
      )}
    </li>
  );
}
