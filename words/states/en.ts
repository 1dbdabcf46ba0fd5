/** States of people (ux.md section 7) and of conferences (section 2), by their codes. */
export const en = {
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
