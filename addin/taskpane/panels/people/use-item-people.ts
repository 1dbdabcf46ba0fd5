import { useEffect, useState } from 'react';
import { onPeopleChanged, peopleInItem } from '../../../office/people-in-item.ts';
import type { PeopleSection } from '../../../office/people-in-item.ts';

/** Everybody in the item beside the pane, while it is being written, too; undefined until Outlook has told. */
export function useItemPeople(): readonly PeopleSection[] | undefined {
  const [sections, setSections] = useState<readonly PeopleSection[] | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const read = (): void => {
      peopleInItem().then(
        (found) => {
          if (isCurrent) setSections(found);
        },
        () => {
          if (isCurrent) setSections([]);
        },
      );
    };
    read();
    // Outlook forgets no handler; one of a panel that is gone does nothing.
    void onPeopleChanged(() => isCurrent && read());
    return () => {
      isCurrent = false;
    };
  }, []);
  return sections;
}
