import { CallRegular } from '@fluentui/react-icons/svg/call';
import { VideoFilled } from '@fluentui/react-icons/svg/video';
import { VideoAddRegular } from '@fluentui/react-icons/svg/video-add';
import { Suspense, lazy, useEffect, useState } from 'react';
import { groupDigits } from '../../../../invitation/codes.ts';
import type { ReadDetails } from '../../../../invitation/details.ts';
import { loadEngine } from '../../../invite/load-engine.ts';
import { sentAppointment } from '../../../office/appointment.ts';
import type { SentAppointment } from '../../../office/appointment.ts';
import { readBody } from '../../../office/body.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { spelled } from './numbers.ts';
import { soon } from './soon.ts';

/** Asks the server, and so is there after what the text alone tells. */
const GuestActions = lazy(async () => ({ default: (await import(/* webpackChunkName: "sent" */ './guest-actions.tsx')).GuestActions }));

const RoomPage = lazy(async () => ({ default: (await import(/* webpackChunkName: "room" */ './room/room-page.tsx')).RoomPage }));

const ShownRow = lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ '../shown/shown-row.tsx')).ShownRow }));

interface Read {
  appointment: SentAppointment;
  details: ReadDetails | undefined;
}

/** From the text alone: a guest's server may know nothing of this conference, and joining must work all the same. */
async function read(): Promise<Read> {
  const [body, { readDetails, everyBlock }] = await Promise.all([readBody('html'), loadEngine()]);
  return { appointment: sentAppointment(), details: readDetails(body, 'html', everyBlock) };
}

/** An appointment that was sent, seen by a guest: *Join* first. */
export function Sent() {
  const { meeting: words, times, server } = useSurroundings();
  const [found, setFound] = useState<Read | undefined>(undefined);
  const [round, setRound] = useState(0);
  const [inRoom, setInRoom] = useState(false);
  useEffect(() => {
    let current = true;
    read().then(
      (next) => {
        if (current) setFound(next);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [round]);
  if (found === undefined) return <Skeleton text={words.title} retry={() => setRound(round + 1)} />;
  const { appointment, details } = found;
  if (details === undefined) {
    return (
      <Panel>
        <Empty icon={<VideoAddRegular />} title={words.readNone.title} text={words.readNone.text} />
        <Suspense>
          <ShownRow />
        </Suspense>
      </Panel>
    );
  }
  if (inRoom) {
    return (
      <Suspense>
        <RoomPage id={details.id} close={() => setInRoom(false)} />
      </Suspense>
    );
  }
  const { subject, startsAt, endsAt, organizer } = appointment;
  const near = soon(startsAt.getTime(), endsAt.getTime(), Date.now());
  const code = details.accessCode === undefined ? undefined : groupDigits(details.accessCode, '\u00a0');
  return (
    <div className="panel">
      <div className="heading">
        <h2>{subject === '' ? words.noSubject : subject}</h2>
        {near === undefined ? null : <span className="badge blue">{near === 'now' ? words.nowOpen : words.in(near.minutes)}</span>}
      </div>
      <p className="quiet">
        {times.hours(startsAt.getTime(), endsAt.getTime())}
        {organizer === '' ? '' : ` · ${words.host(organizer)}`}
      </p>
      <Button as="a" className="wide" appearance="primary" icon={<VideoFilled />} href={details.joinUrl ?? `${server.origin}/j/${details.id}`} target="_blank" rel="noopener noreferrer">
        {words.join}
      </Button>
      <Suspense>
        <GuestActions id={details.id} openRoom={() => setInRoom(true)} />
        <ShownRow />
      </Suspense>
      <Rows>
        {details.numbers.map(({ country, display }) => (
          <Row key={display} icon={<CallRegular />} title={<bdi dir="ltr">{display}</bdi>} text={code === undefined ? country : `${country} · ${words.phoneAndCode(code)}`}>
            <CopyButton text={details.accessCode ?? display} label={code === undefined ? words.copyNumber(display) : words.copyCode(spelled(code))} />
          </Row>
        ))}
      </Rows>
    </div>
  );
}
