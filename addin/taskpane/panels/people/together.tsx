import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { useCallback } from 'react';
import { peopleTalk } from '../../../talk/people.ts';
import { Row, Rows } from '../../parts/row.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** The next meeting in which both are; nothing where there is none, or the calendar does not answer: the card is of use without. */
export function TogetherRow({ address }: { address: string }) {
  const { server, times } = useSurroundings();
  const { people: words } = usePeopleWords();
  const { value } = useAsked(useCallback(async () => ({ found: await peopleTalk(server.transport).together(address) }), [server, address]));
  if (value === undefined || value.found === null) return null;
  const { startsAt, endsAt, subject, others } = value.found;
  return (
    <>
      <h3>{words.together}</h3>
      <Rows>
        <Row icon={<CalendarLtrRegular />} title={<bdi>{subject ?? words.meeting}</bdi>} text={<>{times.range(startsAt, endsAt)}<br />{words.youAnd(others)}</>} />
      </Rows>
    </>
  );
}
