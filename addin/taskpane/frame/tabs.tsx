import { CalendarLtrFilled, CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { PeopleFilled, PeopleRegular } from '@fluentui/react-icons/svg/people';
import { VoicemailFilled, VoicemailRegular } from '@fluentui/react-icons/svg/voicemail';
import { useRef, useSyncExternalStore } from 'react';
import type { KeyboardEvent } from 'react';
import { tabs } from '../opening.ts';
import type { Tab } from '../opening.ts';
import { useSurroundings } from '../surroundings.tsx';
import { frameSignal, watchSignal } from './signal.ts';
import { tabAfter } from './tab-after.ts';

const icons = {
  meeting: [CalendarLtrRegular, CalendarLtrFilled],
  people: [PeopleRegular, PeopleFilled],
  voicemail: [VoicemailRegular, VoicemailFilled],
} as const;

/** Always the same three in the same order. Arrow keys move; office.js moves focus by Tab itself, in the order of the page. */
export function Tabs({ selected, pick }: { selected: Tab; pick: (tab: Tab) => void }) {
  const { words } = useSurroundings();
  const { unheard } = useSyncExternalStore(watchSignal, frameSignal);
  const buttons = useRef(new Map<Tab, HTMLButtonElement>());

  function onKeyDown(event: KeyboardEvent): void {
    const next = tabAfter(event.key, selected, document.dir === 'rtl');
    if (next === undefined) return;
    event.preventDefault();
    pick(next);
    buttons.current.get(next)?.focus();
  }

  return (
    <div className="tabs" role="tablist" aria-label={words.tabs.label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => {
        const Icon = icons[tab][tab === selected ? 1 : 0];
        const count = tab === 'voicemail' ? unheard : 0;
        return (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === selected}
            aria-controls="panel"
            tabIndex={tab === selected ? 0 : -1}
            onClick={() => pick(tab)}
            ref={(button) => {
              if (button === null) buttons.current.delete(tab);
              else buttons.current.set(tab, button);
            }}
          >
            <Icon aria-hidden="true" />
            <span>{words.tabs[tab]}</span>
            {count > 0 ? (
              <>
                <i aria-hidden="true">{count}</i>
                <span className="unseen">, {words.unheard(count)}</span>
              </>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}
