import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { useCallback, useEffect, useState } from 'react';
import type { ConferenceView } from '../../../../contract/conference/conference.ts';
import type { LiveState } from '../../../../contract/live.ts';
import { useChoiceWords } from '../../choice-words.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Message } from '../../parts/message.tsx';
import { Filter } from '../../parts/filter.tsx';
import { Row, Rows } from '../../parts/row.tsx';
import { useAsked } from '../../parts/use-asked.ts';
import { Wait } from '../../parts/wait.tsx';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { mineRow, nextLater } from './mine-row.ts';

type When = 'upcoming' | 'past';

/** As many are shown at first, and as many more each time. The server gives a hundred at most. */
const STEP = 10;
const MOST = 100;

/** Hears when anything about my conferences changes, and asks again. */
function useChanges(again: () => void): void {
  const { server } = useSurroundings();
  useEffect(() => {
    let first = true;
    function hear(_state: LiveState): void {
      // The stream opens with what is on the screen already.
      if (!first) again();
      first = false;
    }
    return hearLive(server.transport, 'conferences', hear);
  }, [server, again]);
}

/** My conferences, upcoming or past: join, or bring back one that was cancelled. */
export function Mine({ signIn }: { signIn?: (trouble: Trouble) => void }) {
  const { server, times, announce } = useSurroundings();
  const words = useChoiceWords().mine;
  const [when, setWhen] = useState<When>('upcoming');
  const [limit, setLimit] = useState(STEP);
  const asked = useAsked(useCallback(async () => ({ when, list: (await server.client.list(when, limit)).conferences }), [server, when, limit]));
  const { again, trouble } = asked;
  const [restoring, setRestoring] = useState<{ id?: string; done?: string; trouble?: Trouble }>({});
  useChanges(again);
  useEffect(() => {
    if (trouble?.kind === 'signed-out') signIn?.(trouble);
  }, [trouble, signIn]);

  const restore = ({ id }: ConferenceView, name: string): void => {
    if (restoring.id !== undefined) return;
    setRestoring({ id });
    server.client.restore(id).then(
      () => {
        setRestoring({ done: name });
        announce(words.restored.lead(name));
        again();
      },
      (fault: unknown) => {
        setRestoring({ trouble: troubleOf(fault) });
        again();
      },
    );
  };

  // An answer to the other question is not shown under this one's name.
  const list = asked.value?.when === when ? asked.value.list : undefined;
  const now = Date.now();
  const later = when === 'upcoming' && list !== undefined ? nextLater(list, now, times) : undefined;
  return (
    <>
      <Filter name={words.which} value={when} options={[{ value: 'upcoming', title: words.upcoming }, { value: 'past', title: words.past }]} choose={setWhen} />
      {restoring.done === undefined ? null : <Message weight="grey" lead={words.restored.lead(restoring.done)} text={words.restored.text} />}
      {restoring.trouble === undefined ? null : <Wait asked={{ trouble: restoring.trouble, again: () => setRestoring({}) }} text="" unreached={words.unreached} />}
      {trouble === undefined && list !== undefined ? null : <Wait asked={asked} text={words.loading} unreached={words.unreached} />}
      {later === undefined ? null : (
        <p className="quiet">
          <b>{words.today}</b> {words.nextOn(later)}
        </p>
      )}
      {list?.length === 0 ? <Nothing when={when} /> : null}
      {list === undefined || list.length === 0 ? null : (
        <Rows>
          {list.map((conference) => {
            const { id, name, when: start, text, does } = mineRow(conference, now, words, times);
            return (
              <Row key={id} icon={conference.isStanding ? <PersonRegular /> : <CalendarLtrRegular />} title={<b>{name}</b>} text={start === undefined ? text : <>{start}<br />{text}</>}>
                {does === 'join' ? (
                  <Button as="a" size="small" href={conference.joinUrl} target="_blank" rel="noopener noreferrer" aria-label={words.joinThis(name)}>
                    {words.join}
                  </Button>
                ) : null}
                {does === 'restore' ? (
                  <Button size="small" disabledFocusable={restoring.id !== undefined} aria-label={words.restoreThis(name)} onClick={() => restore(conference, name)}>
                    {words.restore}
                  </Button>
                ) : null}
              </Row>
            );
          })}
        </Rows>
      )}
      {list !== undefined && list.length >= limit && limit < MOST ? <Button onClick={() => setLimit(Math.min(MOST, limit + STEP))}>{words.more}</Button> : null}
    </>
  );
}

function Nothing({ when }: { when: When }) {
  const words = useChoiceWords().mine;
  if (when === 'past') return <Empty icon={<CalendarLtrRegular />} title={words.noPast.title} text={words.noPast.text} />;
  return <Empty icon={<CalendarLtrRegular />} title={words.today} text={words.nothing} />;
}
