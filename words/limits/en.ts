/** What this computer or this Outlook cannot do now. Not among the words of the first panel, whose weight they would bear. */
export const en = {
  offline: {
    title: 'You are offline.',
    text: (time: string) => `What you see is from ${time}. Calling and playing wait until the connection is back; Tieline keeps trying.`,
  },
  oldOutlook: { title: 'This Outlook shows less', text: 'Inviting, joining and calling work. Pinning and live attendees need a newer version.' },
};

export type LimitWords = typeof en;
