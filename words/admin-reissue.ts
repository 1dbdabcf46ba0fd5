import { pick } from './pick.ts';

/** Writing invites anew in bulk, on the administrator's page. */
const en = {
  title: 'Invites written anew',
  about: 'An invite keeps the text that it was sent with. After new numbers, a new template or a new bridge, our block is written anew in invites of conferences that are still to come. A preview only reads.',
  make: 'New preview',
  which: 'Conferences',
  all: 'On all bridges',
  bridge: (name: string, conferences: number, isConnected: boolean) => `${name}, ${conferences === 1 ? 'one conference' : `${conferences} conferences`}${isConnected ? '' : ', not connected any more'}`,
  to: 'Move them to',
  stay: 'They stay on their bridge',
  moveNote: 'Link, codes and passcode stay; numbers are those of the other bridge. A conference whose invite cannot be written stays where it is.',
  preview: 'Look what would be written',
  busy: 'Another one is at work; this can begin when it is done or stopped.',
  runs: 'Made before',
  none: 'None yet',
  name: (when: string, bridge: string | null, to: string | null) => `${when}: ${to === null ? (bridge === null ? 'all conferences' : `conferences on ${bridge}`) : `from ${bridge ?? '?'} to ${to}`}`,
  phases: { preview: 'Preview', write: 'Writing', undo: 'Taking back' },
  states: { running: 'at work', stopped: 'stopped', done: 'done' },
  counts: { look: 'not looked at yet', due: 'to be written', writing: 'being written', written: 'written', same: 'say it already', left: 'left alone', undoing: 'being taken back', undone: 'taken back', kept: 'kept as they are' },
  progress: (done: number, all: number) => `${done} of ${all} invites`,
  mails: (people: number) => (people === 0 ? 'Nobody is mailed.' : `The calendar mails an update to ${people === 1 ? 'one person' : `${people} people`}; nobody can switch that off.`),
  mailed: (people: number) => (people === 1 ? 'One person was mailed.' : `${people} people were mailed.`),
  speed: 'Invites a minute',
  takes: (minutes: number) => (minutes <= 1 ? 'Takes about a minute.' : `Takes about ${minutes} minutes.`),
  start: 'Write them',
  goOn: 'Go on writing',
  stop: 'Stop',
  undo: 'Take it back',
  undoNote: (until: string) => `Can be taken back until ${until}. That mails these people again.`,
  sure: (people: number) => `Yes, mail ${people === 1 ? 'one person' : `${people} people`}`,
  cancel: 'Cancel',
  left: 'Left alone, and why',
  show: 'Show the conferences',
  more: 'Show more',
  reasons: {
    'no-event': 'It stands in no calendar that is seen.', 'read-only': 'Its calendar cannot be written.', gone: 'The event is not there any more.', over: 'It was cancelled, ended or moved since the preview.', 'no-block': 'There is no block of ours in it.',
    'several-blocks': 'There are two blocks in it.', 'own-words': 'Somebody wrote into the block.', damaged: 'The block is damaged.', body: 'Its text would not survive being written back.', 'too-large': 'The text would be too long.',
    denied: 'The calendar denies it.', refused: 'The calendar refuses it for good.', 'no-answer': 'The calendar did not answer.', 'in-doubt': 'A write was cut off; look at it.', 'in-use': 'Somebody is in the conference; make another one later.', 'changed-since': 'It was written anew since.',
  },
};

export type ReissueWords = typeof en;

const de: ReissueWords = {
  title: 'Einladungen neu schreiben',
  about: 'Eine Einladung behält den Text, mit dem sie verschickt wurde. Nach neuen Nummern, einer neuen Vorlage oder einer neuen Brücke wird unser Block in Einladungen kommender Konferenzen neu geschrieben. Eine Vorschau liest nur.',
  make: 'Neue Vorschau',
  which: 'Konferenzen',
  all: 'Auf allen Brücken',
  bridge: (name: string, conferences: number, isConnected: boolean) => `${name}, ${conferences === 1 ? 'eine Konferenz' : `${conferences} Konferenzen`}${isConnected ? '' : ', nicht mehr verbunden'}`,
  to: 'Umziehen nach',
  stay: 'Sie bleiben auf ihrer Brücke',
  moveNote: 'Link, Codes und Kenncode bleiben; Nummern sind die der anderen Brücke. Eine Konferenz, deren Einladung sich nicht schreiben lässt, bleibt, wo sie ist.',
  preview: 'Ansehen, was geschrieben würde',
  busy: 'Ein anderer Lauf ist am Werk; dieser kann beginnen, wenn jener fertig oder angehalten ist.',
  runs: 'Frühere',
  none: 'Noch keine',
  name: (when: string, bridge: string | null, to: string | null) => `${when}: ${to === null ? (bridge === null ? 'alle Konferenzen' : `Konferenzen auf ${bridge}`) : `von ${bridge ?? '?'} nach ${to}`}`,
  phases: { preview: 'Vorschau', write: 'Schreiben', undo: 'Zurücknehmen' },
  states: { running: 'am Werk', stopped: 'angehalten', done: 'fertig' },
  counts: { look: 'noch nicht angesehen', due: 'zu schreiben', writing: 'wird geschrieben', written: 'geschrieben', same: 'sagt es schon', left: 'bleibt unberührt', undoing: 'wird zurückgenommen', undone: 'zurückgenommen', kept: 'bleibt, wie es ist' },
  progress: (done: number, all: number) => `${done} von ${all} Einladungen`,
  mails: (people: number) => (people === 0 ? 'Niemand bekommt eine Mail.' : `Der Kalender schickt ${people === 1 ? 'einer Person' : `${people} Personen`} eine Aktualisierung; das lässt sich nicht abschalten.`),
  mailed: (people: number) => (people === 1 ? 'Eine Person bekam eine Mail.' : `${people} Personen bekamen eine Mail.`),
  speed: 'Einladungen je Minute',
  takes: (minutes: number) => (minutes <= 1 ? 'Dauert etwa eine Minute.' : `Dauert etwa ${minutes} Minuten.`),
  start: 'Schreiben',
  goOn: 'Weiterschreiben',
  stop: 'Anhalten',
  undo: 'Zurücknehmen',
  undoNote: (until: string) => `Lässt sich bis ${until} zurücknehmen. Das schickt diesen Personen noch eine Mail.`,
  sure: (people: number) => `Ja, ${people === 1 ? 'einer Person' : `${people} Personen`} mailen`,
  cancel: 'Abbrechen',
  left: 'Was unberührt bleibt, und warum',
  show: 'Konferenzen zeigen',
  more: 'Mehr zeigen',
  reasons: {
    'no-event': 'Sie steht in keinem Kalender, den wir sehen.', 'read-only': 'Ihr Kalender lässt sich nicht beschreiben.', gone: 'Der Termin ist nicht mehr da.', over: 'Seit der Vorschau abgesagt, beendet oder verschoben.', 'no-block': 'Darin steht kein Block von uns.',
    'several-blocks': 'Darin stehen zwei Blöcke.', 'own-words': 'Jemand hat in den Block geschrieben.', damaged: 'Der Block ist beschädigt.', body: 'Ihr Text würde das Zurückschreiben nicht überstehen.', 'too-large': 'Der Text würde zu lang.',
    denied: 'Der Kalender erlaubt es nicht.', refused: 'Der Kalender lehnt es endgültig ab.', 'no-answer': 'Der Kalender hat nicht geantwortet.', 'in-doubt': 'Ein Schreiben wurde unterbrochen; sehen Sie nach.', 'in-use': 'Jemand ist in der Konferenz; später noch einmal.', 'changed-since': 'Sie wurde seitdem neu geschrieben.',
  },
};

/** In a language, English when there are none. */
export function reissueWords(language: string): ReissueWords {
  return pick({ en, de }, language);
}
