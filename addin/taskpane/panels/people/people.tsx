import { CallRegular } from '@fluentui/react-icons/svg/call';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ItemPerson } from '../../../office/people-in-item.ts';
import type { PersonState } from '../../../talk/people.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { focusBack } from '../../parts/focus-back.ts';
import { Message } from '../../parts/message.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Wait } from '../../parts/wait.tsx';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { SignedOut } from '../meeting/signed-out.tsx';
import { needsSignIn } from '../meeting/needs-sign-in.ts';
import { CallSaid } from './call-said.tsx';
import { PersonCardPage } from './card-page.tsx';
import { PersonList } from './person-list.tsx';
import { newsOf } from './said.ts';
import { useCall } from './use-call.ts';
import { useFound } from './use-found.ts';
import { useItemPeople } from './use-item-people.ts';
import { useStates } from './use-states.ts';

/** Who can be reached: everybody in the item beside the pane, or whoever is searched for. */
export function People() {
  const { language, times, announce } = useSurroundings();
  const pack = usePeopleWords();
  const { people: own } = pack;
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<ItemPerson | undefined>(undefined);
  const inItem = useItemPeople();
  const found = useFound(text);
  const calling = useCall();
  const isSearch = text.trim().length >= 2;
  const sections = useMemo(() => (isSearch ? [{ section: 'found' as const, people: found.people ?? [] }] : (inItem ?? [])), [isSearch, found.people, inItem]);
  const addresses = useMemo(() => [...new Set(sections.flatMap(({ people }) => people.flatMap(({ address, isList }) => (isList ? [] : address))))], [sections]);
  const heard = useCallback((before: ReadonlyMap<string, PersonState>, after: PersonState) => {
    const news = newsOf(before, after, Date.now(), { language, times }, pack);
    if (news !== undefined) announce(news);
  }, [language, times, pack, announce]);
  const states = useStates(addresses, heard);
  const field = useRef<HTMLInputElement>(null);
  const search = (words: string): void => {
    setText(words);
    field.current?.focus();
  };

  if (needsSignIn(states.trouble) || needsSignIn(found.trouble)) return <SignedOut done={states.again} />;
  if (opened !== undefined) {
    const close = (): void => {
      setOpened(undefined);
      focusBack(opened.address);
    };
    return <PersonCardPage person={opened} state={states.all.get(opened.address)} oldSince={states.oldSince} calling={calling} close={close} />;
  }
  const count = sections.reduce((sum, { people }) => sum + people.length, 0);
  const dialled = /^\+?[\d ()/-]{3,40}$/.test(text.trim()) ? text.trim() : undefined;
  const isWaiting = addresses.length > 0 && states.all.size === 0 && states.trouble === undefined;
  return (
    <>
      <div className="panel">
        <label className="search">
          <SearchRegular aria-hidden="true" />
          <input type="search" ref={field} value={text} placeholder={own.search} aria-label={own.search} onChange={({ target }) => setText(target.value)} />
        </label>
        <CallSaid calling={calling} />
        {states.trouble === undefined ? null : <Wait asked={{ trouble: states.trouble, again: states.again }} text={own.asking} unreached={own.unreached} />}
        {dialled === undefined ? null : <Button icon={<CallRegular />} onClick={() => calling.begin(dialled)}>{own.callNumber(dialled)}</Button>}
        {isSearch && found.isPartial ? <Message weight="amber" {...own.partial} /> : null}
        {isSearch && found.people === undefined ? <p className="quiet" role="status">{own.searching}</p> : null}
        {isSearch && found.people?.length === 0 && dialled === undefined ? <Empty icon={<PeopleRegular />} title={own.noHit.title(text.trim())} text={own.noHit.text} /> : null}
        {!isSearch && inItem !== undefined && count === 0 ? <Empty icon={<PeopleRegular />} title={own.noRecipients.title} text={own.noRecipients.text} /> : null}
        {isWaiting ? <Skeleton text={own.asking} retry={states.again} /> : null}
        {sections.map(({ section, people }) => (people.length === 0 || isWaiting ? null : <PersonList key={section} title={own.sections[section]} people={people} states={states} open={setOpened} calling={calling} search={search} />))}
      </div>
      {count === 0 || isWaiting ? null : <footer className="footer quiet live">{states.oldSince === undefined ? <><i aria-hidden="true" />{own.live}</> : own.old(times.time(states.oldSince))}</footer>}
    </>
  );
}
