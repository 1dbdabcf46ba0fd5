/**
 * The messages of ux.md section 6, by number; those of voicemail are in playing. What happened (complete in itself), what it means, what to do.
 */
export const en = {
  /** 1, amber. */
  phoneSystemSilent: {
    lead: 'The phone system does not answer.',
    text: 'Your conference is reserved, but not yet on the bridge. You can send the invite now; Tieline finishes the booking by itself.',
    button: 'Try now',
    details: 'Details',
  },
  /** 2, red. */
  unreachable: {
    lead: 'Tieline cannot be reached.',
    text: 'Nothing was added to your invite. Try again, or write @conf in the location and the details follow after sending.',
    /** Where there is no invite, and the panel has no words of its own for it. */
    elsewhere: 'Nothing was changed. Try again in a minute.',
    button: 'Try again',
  },
  /** 3, red. */
  notAllowed: {
    lead: 'Your organisation has not allowed Tieline for your account yet.',
    text: 'You can send invites, but not add a conference. Send this note to your administrator.',
    button: 'Copy note',
    note: (name: string, host: string, reference: string) =>
      `Tieline at ${host} is not allowed for ${name} yet. It needs admin consent to its sign-in scope, and the person must be assigned to the app (Microsoft Entra admin centre, Enterprise applications, Tieline). Reference: ${reference}`,
  },
  /** 4, red. */
  full: {
    lead: 'This invite is full.',
    text: (limit: string, more: string) => `Outlook takes ${limit} characters, and the conference needs ${more} more. Remove a picture or an old quoted mail, then add again.`,
    button: 'Add again',
  },
  /** 5, amber. */
  damaged: {
    lead: 'Part of the conference details was deleted.',
    text: 'Guests may miss the code. Putting it back leaves your own text alone.',
    button: 'Put back',
    leave: 'Leave it',
  },
  /** 6, amber. */
  foreign: {
    lead: (service: string) => `This invite has a ${service} link already.`,
    text: 'Guests would see two ways to join. Remove one of the two before you send.',
    button: 'Remove ours',
  },
  /** 7, red. */
  copied: {
    lead: 'These details belong to another meeting.',
    text: 'They were copied, so both groups would meet in one room. Give this meeting its own.',
    button: 'New details',
  },
  /** 12, grey. */
  bookingFollows: {
    lead: 'Your invite went out, the booking follows.',
    text: 'Our server took too long to answer. The conference is set up from your calendar, usually within a minute.',
  },
  /** Not in the table: Outlook itself failed, and a save met a newer version. Same tone. */
  outlookRefused: {
    lead: 'Outlook did not let Tieline change this invite.',
    text: 'Your text is as it was. Close and open the invite, then try again.',
    button: 'Try again',
  },
  /** The same, where the code says what helps (addin/invite/refusal.ts). */
  noRight: {
    lead: 'You have no right to change this invite here.',
    text: 'Your text is as it was. Ask the owner of this calendar for the right to edit, or your administrator whether Tieline may edit invites.',
    button: 'Try again',
  },
  noNetwork: {
    lead: 'Outlook lost its connection.',
    text: 'Your text is as it was. Try again when Outlook says that it is connected.',
    button: 'Try again',
  },
  tooLong: {
    lead: 'This invite is too long for Outlook.',
    text: 'Your text is as it was. Remove a picture or an old quoted mail, then try again.',
    button: 'Try again',
  },
  changedElsewhere: {
    lead: 'These details were changed somewhere else.',
    text: 'You see the newer ones now. Make your change again if it is still wanted.',
    button: 'Understood',
  },
  refused: {
    lead: 'Tieline did not accept this.',
    text: 'Your invite is as it was. Details say why.',
    elsewhere: 'Nothing was changed. Details say why.',
    button: 'Try again',
  },
  detailsOf: {
    code: 'Code',
    time: 'Time',
    reference: 'Reference',
    copy: 'Copy details',
  },
};

export type MessageWords = typeof en;
