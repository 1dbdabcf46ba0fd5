import { CalendarAddRegular } from '@fluentui/react-icons/svg/calendar-add';
import { CallRegular } from '@fluentui/react-icons/svg/call';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { useCallback } from 'react';
import { useChoiceWords } from '../../choice-words.ts';
import { choicesOf } from '../../../talk/choices.ts';
import { Button } from '../../parts/button.tsx';
import { PageRow, Rows } from '../../parts/row.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { useSurroundings } from '../../surroundings.tsx';

/**
 * What somebody who was invited can do besides joining: a host or presenter looks into the room; everybody can be called, where the bridge can call, and put the meeting into another calendar. Another server's conference, or a server that
 * is away, shows none of it: joining needs the text alone.
 */
export function GuestActions({ id, openRoom }: { id: string; openRoom: () => void }) {
  const { server, meeting, states, times } = useSurroundings();
  const words = useChoiceWords();
  const { value } = useAsked(useCallback(() => choicesOf(server.transport).meet(id), [server, id]));
  if (value === undefined) return null;
  const { callUrl, icsUrl, opensAt, state, role } = value;
  const isOff = state === 'cancelled' || state === 'expired' || state === 'ended';
  return (
    <>
      {state === 'cancelled' ? <p className="quiet"><b>{states.conference.cancelled}.</b> {meeting.cancelledForGood}</p> : null}
      {isOff || opensAt === null || Date.parse(opensAt) <= Date.now() ? null : <p className="quiet">{words.mine.opens(times.dayAndTime(opensAt))}.</p>}
      {role === 'guest' || isOff ? null : (
        <Rows>
          <PageRow icon={<PeopleRegular />} title={words.inTheRoom} page="room" open={openRoom} />
        </Rows>
      )}
      {callUrl === null && icsUrl === null ? null : (
        <div className="pair">
          {callUrl === null || isOff ? null : (
            <Button as="a" icon={<CallRegular />} href={callUrl} target="_blank" rel="noopener noreferrer" title={words.call.text}>
              {words.call.button}
            </Button>
          )}
          {icsUrl === null ? null : (
            <Button as="a" icon={<CalendarAddRegular />} href={icsUrl} target="_blank" rel="noopener noreferrer">
              {words.ics}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
