import { CallRegular } from '@fluentui/react-icons/svg/call';
import { DialpadRegular } from '@fluentui/react-icons/svg/dialpad';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { Suspense, lazy } from 'react';
import type { ChangeRequest } from '../../../../contract/conference/conference.ts';
import { groupDigits } from '../../../../invitation/codes.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import { ownAddress } from '../../../office/context.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { PageRow, Row, Rows } from '../../parts/row.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { Badge } from './badge.tsx';
import type { PageName } from './page-name.ts';
import { dialables, spelled } from './numbers.ts';
import { timesFor } from '../../../../words/times.ts';
import { statusOf } from './status.ts';

/** With its words, so that the codes are on the screen before it. */
const Choices = lazy(async () => ({ default: (await import(/* webpackChunkName: "choices" */ './choices.tsx')).Choices }));

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
      <Suspense>
        <Choices conference={conference} busy={busy} open={open} change={change} />
      </Suspense>
    </>
  );
}
