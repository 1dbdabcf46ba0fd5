/** What can go wrong with a message of the phone: ux.md section 6, by number. */
export const en = {
  /** 8, amber. */
  recordingDamaged: {
    lead: (at: string) => `The recording stops at ${at}.`,
    text: 'The rest is damaged on the phone system; nothing was deleted. Play it on your phone, or save the file.',
    button: 'Play on phone',
    save: 'Save',
  },
  /** 9, red. */
  deskPhoneGone: {
    lead: (extension: string) => `Desk phone ${extension} is not connected.`,
    text: 'Nothing was played, and the message stays unheard. Play it here, or choose another phone.',
    button: 'Play here',
    choose: 'Choose',
  },
  /** 10, red. */
  boxFull: {
    lead: (name: string) => `${name}'s box is full.`,
    text: 'The message was not forwarded; yours is untouched. Send it by mail instead.',
    button: 'Send by mail',
  },
  /** 11, amber. */
  deletedOnPhone: {
    lead: 'Deleted on the phone just now.',
    text: (day: string) => `Playing goes on to the end. You have until ${day} to bring the message back.`,
    button: 'Undo',
  },
};

export type PlayingWords = typeof en;
