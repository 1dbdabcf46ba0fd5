/** States of conferences (ux.md section 2), by their codes. Those of people are in words/availability. */
export const en = {
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
