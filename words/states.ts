import { pick } from './pick.ts';

/** States of people (ux.md section 7) and of conferences (section 2), by their codes. */
const en = {
  person: {
    available: 'Available',
    meeting: 'In a meeting',
    busy: 'Busy',
    doNotDisturb: 'Do not disturb',
    away: 'Away',
    outOfOffice: 'Out of office',
    unknown: 'Not known',
    outside: 'Outside',
    onThePhone: 'On the phone',
    chatAvailable: 'Chat: available',
    chatOffline: 'Chat: offline',
    asOf: (time: string) => `as of ${time}`,
    until: (state: string, time: string) => `${state} until ${time}`,
  },
  conference: {
    held: 'Reserved',
    booking: 'Booking…',
    scheduled: 'On the bridge',
    live: 'Open now',
    ended: 'Over',
    expired: 'Dropped',
    cancelled: 'Cancelled',
  },
  /** Why a conference stands where it stands: the codes of contract/conference.ts. */
  why: {
    button: 'You added it to an invite.',
    sent: 'The invite was sent.',
    'seen-in-calendar': 'The invite stands in the calendar.',
    'changed-in-calendar': 'The meeting was changed in the calendar.',
    'first-joined': 'The first person came in.',
    'everybody-left': 'Everybody left.',
    'time-over': 'Its time is over.',
    'never-sent': 'The invite was never sent.',
    released: 'It was removed from the invite.',
    'cancelled-in-calendar': 'The meeting was cancelled.',
    'deleted-in-calendar': 'The meeting was deleted from the calendar.',
    'block-removed': 'The conference details were removed from the invite.',
    restored: 'It was restored.',
    revived: 'The invite was sent after all.',
    'settings-changed': 'Its settings were changed.',
  },
};

export type StateWords = typeof en;

const de: StateWords = {
  person: {
    available: 'Verfügbar',
    meeting: 'In Besprechung',
    busy: 'Beschäftigt',
    doNotDisturb: 'Nicht stören',
    away: 'Abwesend',
    outOfOffice: 'Außer Haus',
    unknown: 'Nicht bekannt',
    outside: 'Extern',
    onThePhone: 'Telefoniert',
    chatAvailable: 'Chat: verfügbar',
    chatOffline: 'Chat: offline',
    asOf: (time) => `Stand ${time}`,
    until: (state, time) => `${state} bis ${time}`,
  },
  conference: {
    held: 'Reserviert',
    booking: 'Wird gebucht …',
    scheduled: 'Auf der Brücke',
    live: 'Jetzt offen',
    ended: 'Vorbei',
    expired: 'Verfallen',
    cancelled: 'Abgesagt',
  },
  why: {
    button: 'Sie haben sie in eine Einladung eingefügt.',
    sent: 'Die Einladung wurde gesendet.',
    'seen-in-calendar': 'Die Einladung steht im Kalender.',
    'changed-in-calendar': 'Die Besprechung wurde im Kalender geändert.',
    'first-joined': 'Die erste Person ist hineingekommen.',
    'everybody-left': 'Alle sind gegangen.',
    'time-over': 'Ihre Zeit ist um.',
    'never-sent': 'Die Einladung wurde nie gesendet.',
    released: 'Sie wurde aus der Einladung entfernt.',
    'cancelled-in-calendar': 'Die Besprechung wurde abgesagt.',
    'deleted-in-calendar': 'Die Besprechung wurde aus dem Kalender gelöscht.',
    'block-removed': 'Die Konferenzdaten wurden aus der Einladung entfernt.',
    restored: 'Sie wurde wiederhergestellt.',
    revived: 'Die Einladung wurde doch noch gesendet.',
    'settings-changed': 'Ihre Einstellungen wurden geändert.',
  },
};

/** The states in a language, English when there are none. */
export function stateWords(language: string): StateWords {
  return pick({ en, de }, language);
}
