import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { DoorRegular } from '@fluentui/react-icons/svg/door';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { VideoRegular } from '@fluentui/react-icons/svg/video';
import { Suspense, lazy } from 'react';
import type { ChangeRequest, ConferenceView } from '../../../../contract/conference/conference.ts';
import { useChoiceWords } from '../../choice-words.ts';
import type { ChoiceWords } from '../../../../words/choices/en.ts';
import { languageOf } from '../../../../words/pick.ts';
import { ownAddress } from '../../../office/context.ts';
import { PageRow, Row, Rows } from '../../parts/row.tsx';
import { Message } from '../../parts/message.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { leftAlone } from './mine-row.ts';
import type { PageName } from './page-name.ts';

/** "You host · Jonas Weber presents": who has a part, in one line. */
export function rolesLine({ host, roles }: Pick<ConferenceView, 'host' | 'roles'>, own: string, words: ChoiceWords, language: string): string {
  const isOwn = host.address.toLowerCase() === own.toLowerCase();
  const list = new Intl.ListFormat(language);
  const named = (role: 'host' | 'presenter'): string[] => roles.filter((each) => each.role === role).map(({ name }) => name);
  const hosts = named('host');
  const presenters = named('presenter');
  const who = isOwn ? words.youHost : words.hostIs(host.name);
  const also = hosts.length === 0 ? [] : [list.format(hosts.map((name) => words.hostIs(name)))];
  return [who, ...also, ...(presenters.length === 0 ? [] : [words.presents(list.format(presenters))])].join(' · ');
}

const ShownRow = lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ '../shown/shown-row.tsx')).ShownRow }));

interface ChoicesProps {
  conference: ConferenceView;
  busy: boolean;
  open: (page: PageName) => void;
  change: (change: Omit<ChangeRequest, 'version'>) => void;
}

/** What can be set for this meeting. Written when it is changed; there is no Save. */
export function Choices({ conference, busy, open, change }: ChoicesProps) {
  const { language, times } = useSurroundings();
  const words = useChoiceWords();
  const isVideo = conference.kind === 'video';
  const isSent = conference.state === 'scheduled' || conference.state === 'live';
  return (
    <>
      {leftAlone(conference, words.mine, times).map((text) => <Message key={text} weight="amber" lead={text} text="" />)}
      {isSent ? (
        <Rows>
          <PageRow icon={<PeopleRegular />} title={words.inTheRoom} text={conference.participants === null ? undefined : words.people(conference.participants)} page="room" open={() => open('room')} />
        </Rows>
      ) : null}
      <h3>{words.forThisMeeting}</h3>
      <Suspense>
        <ShownRow />
      </Suspense>
      {conference.isStanding ? <p className="quiet">{words.standing}</p> : null}
      <Rows>
        <PageRow
          icon={isVideo ? <VideoRegular /> : <ConferenceRoomRegular />}
          title={words.kinds[isVideo ? 'video' : 'phone']}
          text={words.typeText(conference.isStanding ? words.personalRoom : words.newRoom)}
          page="type"
          open={() => open('type')}
        />
        <PageRow icon={<PeopleRegular />} title={rolesLine(conference, ownAddress(), words, language)} text={words.roles} page="roles" open={() => open('roles')} />
        {conference.isStanding ? (
          <Row icon={<DoorRegular />} title={words.lobbyAlways} />
        ) : (
          <Row icon={<DoorRegular />} title={<span id="lobby">{words.lobby}</span>}>
            <Toggle on={conference.lobby} labelledBy="lobby" disabled={busy} turn={(lobby) => change({ lobby })} />
          </Row>
        )}
        <PageRow icon={<GlobeRegular />} title={words.languages[languageOf(conference.language)]} text={words.language} page="language" open={() => open('language')} />
      </Rows>
    </>
  );
}
