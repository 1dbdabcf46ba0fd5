import { useCallback, useEffect, useMemo, useState } from 'react';
import { OfficeFault } from '../../../office/call.ts';
import { say } from '../../../office/bar.ts';
import { itemIdInCalendar, readCarried, writeCarried } from '../../../office/shown-as.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { peopleTalk } from '../../../talk/people.ts';
import type { PeopleTalk, Shown } from '../../../talk/people.ts';
import { usePeopleWords } from '../../people-words.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What can be chosen for a meeting, in the order of the ribbon's menu. */
export const shownChoices = ['automatic', 'available', 'busy', 'doNotDisturb', 'away'] as const;
export type ShownChoice = (typeof shownChoices)[number];

/** How I am shown during the meeting beside the pane. */
export interface ShownAs {
  /** Undefined while it is not known. */
  chosen: ShownChoice | undefined;
  saving: boolean;
  trouble: Trouble | undefined;
  choose: (choice: ShownChoice) => void;
}

function isShown(value: string): value is Shown {
  return value === 'available' || value === 'busy' || value === 'doNotDisturb' || value === 'away';
}

/** The server's word where the event is in my calendar; else what the invite carries until it is. */
async function read(talk: PeopleTalk): Promise<ShownChoice> {
  const carried = await readCarried().catch(() => undefined);
  const itemId = await itemIdInCalendar();
  const chosen = itemId === undefined ? null : await talk.shownIn(itemId);
  if (chosen !== null) return chosen;
  return carried !== undefined && isShown(carried.availability) ? carried.availability : 'automatic';
}

/** A meeting that is in my calendar has a row at the server; one that is still being written carries the choice, and the server is told to look for it. */
async function write(talk: PeopleTalk, choice: ShownChoice): Promise<void> {
  const availability = choice === 'automatic' ? null : choice;
  const itemId = await itemIdInCalendar();
  const carried = await readCarried().catch(() => undefined);
  if (itemId !== undefined) {
    await talk.showIn(itemId, availability);
    // What it still carries must not be taken for a newer wish.
    if (carried !== undefined) await writeCarried(undefined);
    return;
  }
  const key = carried?.key ?? crypto.randomUUID();
  await talk.wish(key, availability);
  await writeCarried(availability === null ? undefined : { key, availability });
}

/** Parts of the pane that show the same choice hear of it from each other. */
const listeners = new Set<(choice: ShownChoice) => void>();

export function useShown(): ShownAs {
  const { server, announce } = useSurroundings();
  const { people } = usePeopleWords();
  const talk = useMemo(() => peopleTalk(server.transport), [server]);
  const [chosen, setChosen] = useState<ShownChoice | undefined>(undefined);
  const [saving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);

  useEffect(() => {
    let isCurrent = true;
    read(talk).then(
      (found) => {
        if (isCurrent) setChosen((known) => known ?? found);
      },
      // Only what is chosen needs a message; that nothing is known shows itself.
      () => undefined,
    );
    listeners.add(setChosen);
    return () => {
      isCurrent = false;
      listeners.delete(setChosen);
    };
  }, [talk]);

  const choose = useCallback((choice: ShownChoice) => {
    setSaving(true);
    setTrouble(undefined);
    write(talk, choice).then(
      () => {
        setSaving(false);
        for (const tell of listeners) tell(choice);
        const text = people.shown.said[choice];
        announce(text);
        // The ribbon's menu cannot show a tick: the bar says what was chosen.
        void say('info', text);
      },
      (fault: unknown) => {
        setSaving(false);
        setTrouble(fault instanceof OfficeFault ? { kind: 'outlook', call: fault.call, code: fault.code } : troubleOf(fault));
        void say('error', `${people.shown.failed.lead} ${people.shown.failed.text}`);
      },
    );
  }, [talk, people, announce]);
  return { chosen, saving, trouble, choose };
}
