/** Words of the join page `/j/<id>`, its numbers and its help. Same keys in every language. */
const en = {
  title: 'Conference',
  hostedBy: (host: string) => `Hosted by ${host}`,
  byPhone: 'Join by phone',
  accessCode: 'Access code',
  noNumbers: 'This conference has no telephone number.',
  allNumbers: 'All numbers',
  help: 'Help joining',
  back: 'Back to the conference',
  opensAt: (time: string) => `The door opens at ${time}.`,
  open: 'The door is open. Call a number and enter the access code.',
  live: (count: number) => (count === 1 ? 'One person is in.' : `${count} people are in.`),
  ended: 'This conference is over.',
  cancelled: 'This conference was cancelled.',
  notSent: 'This conference is not open yet. Its invite has not been sent.',
  unknown: 'There is no such conference.',
  unknownText: 'The link may be cut off at a line break. Open it from the invite, or ask the host to send it again.',
  helpSteps: [
    'Call one of the numbers in the invite or on this page.',
    'Enter the access code, then press the hash key (#).',
    'If the host is not there yet, stay on the line: you come in with them.',
    'If the code is not known, compare it digit by digit. After five wrong codes wait ten minutes.',
  ],
};

export type JoinPageWords = typeof en;

const de: JoinPageWords = {
  title: 'Konferenz',
  hostedBy: (host) => `Leitung: ${host}`,
  byPhone: 'Per Telefon teilnehmen',
  accessCode: 'Zugangscode',
  noNumbers: 'Diese Konferenz hat keine Telefonnummer.',
  allNumbers: 'Alle Nummern',
  help: 'Hilfe beim Teilnehmen',
  back: 'Zurück zur Konferenz',
  opensAt: (time) => `Die Tür öffnet um ${time}.`,
  open: 'Die Tür ist offen. Rufen Sie eine Nummer an, und geben Sie den Zugangscode ein.',
  live: (count) => (count === 1 ? 'Eine Person ist da.' : `${count} Personen sind da.`),
  ended: 'Diese Konferenz ist vorbei.',
  cancelled: 'Diese Konferenz wurde abgesagt.',
  notSent: 'Diese Konferenz ist noch nicht offen. Ihre Einladung wurde nicht gesendet.',
  unknown: 'Diese Konferenz gibt es nicht.',
  unknownText: 'Der Link ist vielleicht am Zeilenende abgeschnitten. Öffnen Sie ihn aus der Einladung, oder bitten Sie die Leitung, ihn noch einmal zu senden.',
  helpSteps: [
    'Rufen Sie eine der Nummern aus der Einladung oder von dieser Seite an.',
    'Geben Sie den Zugangscode ein, dann die Rautetaste (#).',
    'Ist die Leitung noch nicht da, bleiben Sie am Telefon: Sie kommen mit ihr hinein.',
    'Ist der Code nicht bekannt, vergleichen Sie ihn Ziffer für Ziffer. Nach fünf falschen Codes warten Sie zehn Minuten.',
  ],
};

const languages: Record<string, JoinPageWords> = { en, de };

/** The words in this language (two letters), English when there are none. */
export function joinPageWords(language: string): JoinPageWords {
  return languages[language] ?? en;
}
