import type { PaneWords } from './en.ts';

export const de: PaneWords = {
  tabs: { meeting: 'Termin', people: 'Personen', voicemail: 'Voicemail', label: 'Tieline' },
  unheard: (count) => `${count} ungehört`,
  more: 'Mehr',
  settings: 'Einstellungen',
  help: 'Hilfe',
  signOut: 'Abmelden',
  myState: 'Meine Verfügbarkeit',
  signedInAs: (name) => `Angemeldet als ${name}`,
  stateUnknown: 'Verfügbarkeit: nicht bekannt',
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
};
