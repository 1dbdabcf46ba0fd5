import { pick } from './pick.ts';

/** The pane around its panels: frame, tabs, and the states that any panel can be in (ux.md section 2). */
const en = {
  tabs: { meeting: 'Meeting', people: 'People', voicemail: 'Voicemail', label: 'Tieline' },
  unheard: (count: number) => (count === 1 ? '1 unheard' : `${count} unheard`),
  more: 'More',
  settings: 'Settings',
  help: 'Help',
  signOut: 'Sign out',
  myState: 'My availability',
  signedInAs: (name: string) => `Signed in as ${name}`,
  stateUnknown: 'Availability: not known',
  stateLater: 'Shown here once your calendar and your phone are joined.',
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
  offline: {
    title: 'You are offline.',
    text: (time: string) => `What you see is from ${time}. Calling and playing wait until the connection is back; Tieline keeps trying.`,
  },
  noVoicemail: { title: 'No voicemail', text: 'When a caller leaves a message, it is here and in your inbox, and the light on your phone goes on.' },
  noRecipients: { title: 'Nobody here yet', text: 'Add people to the mail, or search for someone.' },
  noHit: { title: (name: string) => `Nobody called "${name}"`, text: 'Try the number, or fewer letters.' },
  notYours: {
    title: 'This message is not yours to play',
    text: 'The mail was forwarded to you, but the recording belongs to another mailbox. Ask the sender to forward the voicemail itself.',
    button: 'Show my voicemail',
  },
  oldOutlook: { title: 'This Outlook shows less', text: 'Inviting, joining and calling work. Pinning and live attendees need a newer version.' },
};

export type PaneWords = typeof en;

const de: PaneWords = {
  tabs: { meeting: 'Besprechung', people: 'Personen', voicemail: 'Voicemail', label: 'Tieline' },
  unheard: (count) => `${count} ungehört`,
  more: 'Mehr',
  settings: 'Einstellungen',
  help: 'Hilfe',
  signOut: 'Abmelden',
  myState: 'Meine Verfügbarkeit',
  signedInAs: (name) => `Angemeldet als ${name}`,
  stateUnknown: 'Verfügbarkeit: nicht bekannt',
  stateLater: 'Steht hier, sobald Kalender und Telefon verbunden sind.',
  close: 'Schließen',
  back: (page) => `Zurück zu ${page}`,
  copied: 'Kopiert',
  tryAgain: 'Erneut versuchen',
  details: 'Details',
  undo: 'Rückgängig',
  signedOut: {
    title: 'Anmelden, um zu sehen, wer erreichbar ist',
    text: 'Nehmen Sie Ihr Arbeitskonto; es gibt kein neues Kennwort. Unter Datenschutz steht, was Tieline liest.',
    hint: 'Ein Fenster geht auf. Sehen Sie keines, erlauben Sie Pop-ups für Outlook.',
    button: 'Anmelden',
    privacy: 'Datenschutz',
    failed: 'Das Anmelden hat nicht geklappt.',
    failedText: 'An Ihrem Konto wurde nichts geändert. Versuchen Sie es erneut, oder fragen Sie Ihre Administration, ob Tieline für Sie erlaubt ist.',
  },
  loading: { first: 'Die Telefonanlage wird gefragt, wer erreichbar ist …', conference: 'Die Konferenz wird geladen …', slow: 'Das dauert länger als sonst.' },
  offline: {
    title: 'Sie sind offline.',
    text: (time) => `Sie sehen den Stand von ${time}. Anrufen und Abspielen warten, bis die Verbindung wieder da ist; Tieline versucht es weiter.`,
  },
  noVoicemail: { title: 'Keine Voicemail', text: 'Hinterlässt jemand eine Nachricht, ist sie hier und in Ihrem Posteingang, und die Lampe am Telefon leuchtet.' },
  noRecipients: { title: 'Noch niemand da', text: 'Fügen Sie der Mail Personen hinzu, oder suchen Sie jemanden.' },
  noHit: { title: (name) => `Niemand namens „${name}“`, text: 'Versuchen Sie die Nummer oder weniger Buchstaben.' },
  notYours: {
    title: 'Diese Nachricht ist nicht für Sie',
    text: 'Die Mail wurde an Sie weitergeleitet, die Aufnahme gehört aber zu einem anderen Postfach. Bitten Sie den Absender, die Voicemail selbst weiterzuleiten.',
    button: 'Meine Voicemail zeigen',
  },
  oldOutlook: { title: 'Dieses Outlook zeigt weniger', text: 'Einladen, Teilnehmen und Anrufen gehen. Anheften und Live-Teilnehmer brauchen eine neuere Version.' },
};

/** The pane's words in a language, English when there are none. */
export function paneWords(language: string): PaneWords {
  return pick({ en, de }, language);
}
