/** The pane around its panels: frame, tabs, and the states that any panel can be in (ux.md section 2). */
export const en = {
  tabs: { meeting: 'Meeting', people: 'People', voicemail: 'Voicemail', label: 'Tieline' },
  unheard: (count: number) => (count === 1 ? '1 unheard' : `${count} unheard`),
  more: 'More',
  settings: 'Settings',
  help: 'Help',
  signOut: 'Sign out',
  myState: 'My availability',
  signedInAs: (name: string) => `Signed in as ${name}`,
  stateUnknown: 'Availability: not known',
  close: 'Close',
  back: (page: string) => `Back to ${page}`,
  copied: 'Copied',
  tryAgain: 'Try again',
  details: 'Details',
  undo: 'Undo',
  signedOut: {
    title: 'Sign in to see who can be reached',
    text: 'Use your work account; there is no new password. Privacy lists what Tieline reads.',
    hint: 'A window opens. If you see none, allow pop-ups for Outlook.',
    button: 'Sign in',
    privacy: 'Privacy',
    failed: 'Signing in did not work.',
    failedText: 'No account was changed. Try again, or ask your administrator whether Tieline is allowed for you.',
  },
  loading: { first: 'Asking the phone system who can be reached…', conference: 'Asking for the conference…', slow: 'This takes longer than usual.' },
};

export type PaneWords = typeof en;
