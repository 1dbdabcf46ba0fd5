import { CallRegular } from '@fluentui/react-icons/svg/call';
import { DialpadRegular } from '@fluentui/react-icons/svg/dialpad';
import { DoorRegular } from '@fluentui/react-icons/svg/door';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { ConferenceRoomRegular } from '@fluentui/react-icons/svg/conference-room';
import { Button } from '@fluentui/react-components';
import type { ChangeRequest } from '../../../../contract/conference.ts';
import { groupDigits } from '../../../../invitation/codes.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { languageOf } from '../../../../words/pick.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import { ownAddress } from '../../../office/context.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { PageRow, Row, Rows } from '../../parts/row.tsx';
import { Toggle } from '../../parts/toggle.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { Badge } from './badge.tsx';
import type { PageName } from './pages.tsx';
import { dialables, spelled } from './numbers.ts';
import { timesFor } from '../../../../words/times.ts';
import { statusOf } from './status.ts';

interface CardProps {
  invite: InInvite;
  busy: boolean;
  open: (page: PageName) => void;
  change: (change: Omit<ChangeRequest, 'version'>) => void;
  restore: () => void;
  words: MeetingWords;
}

function NumbersRow({ invite, open, words }: Pick<CardProps, 'invite' | 'open' | 'words'>) {
  const { language } = useSurroundings();
  const numbers = dialables(invite.conference, invite.block.text, language);
  const [first] = numbers;
  if (first === undefined) return <Row icon={<CallRegular />} title={words.noNumbers} />;
  return <PageRow icon={<CallRegular />} title={<bdi dir="ltr">{first.display}</bdi>} text={words.numbers(first.country, numbers.length - 1)} page="numbers" open={() => open('numbers')} />;
}

/** The conference at a glance: what is true now, the four things a guest needs, and what can be set. */
export function Card({ invite, busy, open, change, restore, words }: CardProps) {
  const { language, states } = useSurroundings();
  const { conference } = invite;
  // In the zone in which the organizer's Outlook made the meeting, which need not be that of this machine.
  const times = timesFor(language, conference.timeZone);
  const status = statusOf(conference, { meeting: words, states, times, own: ownAddress() });
  const code = groupDigits(conference.accessCode, ' ');
  return (
    <>
      <div className="heading">
        <h2>{words.title}</h2>
        <Badge look={status.look} text={status.badge} />
      </div>
      <p className="quiet">{status.text}</p>
      {conference.state === 'cancelled' && conference.restorableUntil !== null ? (
        <Button appearance="primary" onClick={restore} disabledFocusable={busy}>
          {words.restore}
        </Button>
      ) : null}
      <Rows>
        <Row icon={<LinkRegular />} title={<bdi dir="ltr">{conference.joinUrl.replace(/^https:\/\//, '')}</bdi>} text={words.joinLink}>
          <CopyButton text={conference.joinUrl} label={words.copyLink} />
        </Row>
        <Row icon={<DialpadRegular />} title={<bdi dir="ltr">{code}</bdi>} text={words.accessCode} strong>
          <CopyButton text={conference.accessCode} label={words.copyCode(spelled(code))} />
        </Row>
        <Row icon={<KeyRegular />} title={<bdi dir="ltr">{conference.passcode}</bdi>} text={words.passcode} strong>
          <Button size="small" disabledFocusable={busy} aria-label={words.newPasscodeName} onClick={() => change({ newPasscode: true })}>
            {words.newPasscode}
          </Button>
        </Row>
        <NumbersRow invite={invite} open={open} words={words} />
      </Rows>
      <h3>{words.forThisMeeting}</h3>
      <Rows>
        <Row icon={<ConferenceRoomRegular />} title={words.type} text={words.typeText} />
        <Row icon={<DoorRegular />} title={<span id="lobby">{words.lobby}</span>}>
          <Toggle on={conference.lobby} labelledBy="lobby" disabled={busy} turn={(lobby) => change({ lobby })} />
        </Row>
        <PageRow icon={<GlobeRegular />} title={words.languages[languageOf(conference.language)]} text={words.language} page="language" open={() => open('language')} />
      </Rows>
    </>
  );
}
