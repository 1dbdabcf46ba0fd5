import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { DoorRegular } from '@fluentui/react-icons/svg/door';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { VideoRegular } from '@fluentui/react-icons/svg/video';
import { Suspense, lazy } from 'react';
import type { ChangeRequest, ConferenceView } from '../../../../contract/conference/conference.ts';
import { useChoiceWords } from '../../choice-words.ts';
import { languageOf } from '../../../../words/pick.ts';
import { ownAddress } from '../../../office/context.ts';
import { PageRow, Row, Rows } from '../../parts/row.tsx';
import { Message } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { LobbyRow } from './lobby-row.tsx';
import { leftAlone } from './mine-row.ts';
import type { PageName } from './page-name.ts';
import { rolesLine } from './roles-line.ts';

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
          <LobbyRow isOn={conference.lobby} busy={busy} turn={(lobby) => change({ lobby })} />
        )}
        <PageRow icon={<GlobeRegular />} title={words.languages[languageOf(conference.language)]} text={words.language} page="language" open={() => open('language')} />
      </Rows>
    </>
  );
}
