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
};

export type StateWords = typeof en;
