import type { ItemKind } from '../office/item.ts';

export type Tab = 'meeting' | 'people' | 'voicemail';

export const tabs: readonly Tab[] = ['meeting', 'people', 'voicemail'];

/** A question that the ribbon has answered already, by the address with which it opens the pane. */
export type Asked = 'type' | 'remove' | 'join' | 'new';

/** With what the pane was opened. */
export interface Opening {
  tab: Tab | undefined;
  asked: Asked | undefined;
  /** What was chosen in the ribbon's menu *Availability*: "dnd". */
  availability: string | undefined;
}

const questions: readonly Asked[] = ['type', 'remove', 'join', 'new'];

/** Reads the address of the pane; what it does not know it ignores, since an older page may be opened by a newer manifest. */
export function readOpening(search: string): Opening {
  const query = new URLSearchParams(search);
  return {
    tab: tabs.find((tab) => tab === query.get('show')),
    asked: questions.find((question) => question === query.get('ask')),
    availability: query.get('availability') ?? undefined,
  };
}

/** The panel that an item opens on (ux.md section 2). */
export function tabFor(kind: ItemKind): Tab {
  if (kind === 'appointment-compose' || kind === 'appointment-read') return 'meeting';
  if (kind === 'message-compose' || kind === 'message-read') return 'people';
  return 'voicemail';
}
