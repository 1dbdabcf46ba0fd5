import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { useEffect, useRef } from 'react';
import type { RoomView } from '../../../../../contract/conference/room.ts';
import { useRoomWords } from '../../../choice-words.ts';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Message } from '../../../parts/message.tsx';
import { Row, Rows } from '../../../parts/row.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { Toggle } from '../../../parts/toggle.tsx';
import { Wait } from '../../../parts/wait.tsx';
import { useSurroundings } from '../../../surroundings.tsx';
import { AtDoor } from './at-door.tsx';
import { CallIn } from './call-in.tsx';
import { PeopleRows } from './people-rows.tsx';
import { newsOf, outcomeSaid } from './room-said.ts';
import { useRoom, type Room } from './use-room.ts';

/** Who is in a conference at this moment, and what its host or presenter may do about it. */
export function RoomPage({ id, close }: { id: string; close: () => void }) {
  const { words: pane, announce } = useSurroundings();
  const words = useRoomWords();
  const room = useRoom(id);
  const { asked, trouble, isFresh } = room;
  const view = asked.value;
  const before = useRef<RoomView | undefined>(undefined);
  useEffect(() => {
    if (view === undefined) return;
    const news = newsOf(before.current, view, words);
    before.current = view;
    if (news !== undefined) announce(news);
  }, [view, words, announce]);

  const said = view && outcomeSaid(view, words, Date.now());
  const isNotTheirs = asked.trouble?.kind === 'refused' && asked.trouble.code === 'conference-unknown';
  const notice = (
    <>
      {isFresh ? null : <Message weight="amber" lead={words.away} text="" />}
      {trouble === undefined ? null : <Wait asked={{ trouble, again: asked.again }} text="" unreached={words.unreached} />}
      {said === undefined ? null : <Message {...said} />}
    </>
  );
  return (
    <SecondPage back={pane.tabs.meeting} title={words.title} close={close} notice={notice}>
      {isNotTheirs ? <Message weight="grey" {...words.notYours} /> : view === undefined ? <Wait asked={asked} text={words.loading} unreached={words.unreached} /> : <Inside view={view} room={room} />}
    </SecondPage>
  );
}

function Inside({ view, room: { command, answer } }: { view: RoomView; room: Room }) {
  const words = useRoomWords();
  const { bridges, people, knocks = [] } = view;
  const isEmpty = bridges.every(({ members }) => members === 0);
  const calling = bridges.find(({ may }) => may.includes('call'));
  return (
    <>
      {knocks.length === 0 ? null : <AtDoor knocks={knocks} answer={answer} words={words} />}
      {isEmpty && knocks.length === 0 ? <Empty icon={<PeopleRegular />} title={words.nobody.title} text={words.nobody.text} /> : null}
      {bridges.length > 1 && !isEmpty ? <p className="quiet">{words.apart}</p> : null}
      {isEmpty ? null : bridges.map((bridge) => <OnBridge key={bridge.instance} bridge={bridge} people={people.filter((each) => each.bridge === bridge.instance)} isAlone={bridges.length === 1} command={command} />)}
      {calling === undefined ? null : <CallIn bridge={calling.instance} command={command} words={words} />}
    </>
  );
}

function OnBridge({ bridge, people, isAlone, command }: { bridge: RoomView['bridges'][number]; people: RoomView['people']; isAlone: boolean; command: Room['command'] }) {
  const words = useRoomWords();
  const { instance, kind, members, isLocked, may, listsPeople } = bridge;
  const lockName = `lock-${instance}`;
  return (
    <>
      <h3>
        {words.kinds[kind]}: {words.count(members)}
      </h3>
      {members > 0 && !listsPeople ? <p className="quiet">{words.unlisted}</p> : null}
      {people.length === 0 ? null : <PeopleRows bridge={bridge} people={people} command={command} words={words} />}
      {members > 0 && may.includes('lock') ? (
        <Rows>
          <Row icon={<LockClosedRegular />} title={<span id={lockName}>{isAlone ? words.lock : words.lockOf(words.kinds[kind])}</span>}>
            <Toggle on={isLocked} labelledBy={lockName} disabled={false} turn={(locked) => command({ bridge: instance, what: locked ? 'lock' : 'unlock' })} />
          </Row>
        </Rows>
      ) : null}
      {members > 0 && may.includes('end') ? (
        <Button className="danger" onClick={() => command({ bridge: instance, what: 'end' })}>
          {isAlone ? words.end : words.endOf(words.kinds[kind])}
        </Button>
      ) : null}
    </>
  );
}
