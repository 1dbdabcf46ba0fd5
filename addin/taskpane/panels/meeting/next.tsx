import { AddRegular } from '@fluentui/react-icons/svg/add';
import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConferenceView } from '../../../../contract/conference.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import { newInvite } from '../../../invite/new-invite.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import { canOpenAppointment } from '../../../office/new-appointment.ts';
import { Empty } from '../../parts/empty.tsx';
import { Message } from '../../parts/message.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { SignedOut } from './signed-out.tsx';
import { saidOf } from './troubles.tsx';
import { needsSignIn } from './use-invite.ts';

function Meetings({ conferences, words }: { conferences: readonly ConferenceView[]; words: MeetingWords }) {
  const { times } = useSurroundings();
  if (conferences.length === 0) return <Empty icon={<CalendarLtrRegular />} title={words.noNext.title} text={words.noNext.nothing} />;
  return (
    <>
      <h3>{words.next}</h3>
      <Rows>
        {conferences.map(({ id, subject, startsAt, opensAt, joinUrl, state }) => (
          <Row
            key={id}
            icon={<CalendarLtrRegular />}
            title={
              <>
                {startsAt === null ? null : <b>{times.dayAndTime(startsAt)} </b>}
                {subject ?? words.noSubject}
              </>
            }
            text={opensAt === null ? words.untimed : words.opensAt(times.time(opensAt))}
          >
            {state === 'scheduled' || state === 'live' ? (
              <Button as="a" size="small" href={joinUrl} target="_blank" rel="noopener noreferrer">
                {words.join}
              </Button>
            ) : null}
          </Row>
        ))}
      </Rows>
    </>
  );
}

/** My next conferences; and a new invite to everybody in the mail beside the pane. */
export function Next() {
  const { server, language, messages, meeting: words, opening, words: pane } = useSurroundings();
  const [list, setList] = useState<readonly ConferenceView[] | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const asked = useRef(opening.asked);

  const load = useCallback(() => {
    setTrouble(undefined);
    server.client.list('upcoming').then(
      ({ conferences }) => setList(conferences),
      (fault: unknown) => setTrouble(troubleOf(fault)),
    );
  }, [server]);
  useEffect(load, [load]);

  const start = useCallback(() => {
    newInvite(server, language).catch((fault: unknown) => setTrouble(troubleOf(fault)));
  }, [server, language]);
  useEffect(() => {
    // The ribbon's *New conference* has pressed the button already.
    if (asked.current !== 'new' || list === undefined) return;
    asked.current = undefined;
    if (canOpenAppointment()) start();
  }, [list, start]);

  if (needsSignIn(trouble)) return <SignedOut done={load} />;
  const said = trouble === undefined ? undefined : saidOf(trouble, { messages, language, server: new URL(server.origin).host, again: load, add: start });
  if (list === undefined && said === undefined) return <Skeleton text={pane.loading.conference} retry={load} />;
  return (
    <div className="panel">
      {said === undefined ? null : <Message {...said} />}
      {list === undefined ? null : <Meetings conferences={list} words={words} />}
      {canOpenAppointment() ? (
        <Button className="wide" icon={<AddRegular />} onClick={start}>
          {words.newConference}
        </Button>
      ) : null}
    </div>
  );
}
