import type { MessageWords } from './en.ts';

export const de: MessageWords = {
  phoneSystemSilent: {
    lead: 'Die Telefonanlage antwortet nicht.',
    text: 'Ihre Konferenz ist reserviert, aber noch nicht auf der Brücke. Sie können die Einladung jetzt senden; Tieline schließt die Buchung selbst ab.',
    button: 'Jetzt versuchen',
    details: 'Details',
  },
  unreachable: {
    lead: 'Tieline ist nicht erreichbar.',
    text: 'In Ihre Einladung wurde nichts eingefügt. Versuchen Sie es erneut, oder tragen Sie @conf als Ort ein: Die Daten folgen nach dem Senden.',
    elsewhere: 'Es wurde nichts geändert. Versuchen Sie es in einer Minute erneut.',
    button: 'Erneut versuchen',
  },
  notAllowed: {
    lead: 'Ihre Organisation hat Tieline für Ihr Konto noch nicht erlaubt.',
    text: 'Sie können Einladungen senden, aber keine Konferenz einfügen. Senden Sie diese Notiz an Ihre Administration.',
    button: 'Notiz kopieren',
    note: (name, host, reference) =>
      `Tieline auf ${host} ist für ${name} noch nicht erlaubt. Nötig sind die Administratorzustimmung zum Anmeldebereich und die Zuweisung der Person zur App (Microsoft Entra Admin Center, Unternehmensanwendungen, Tieline). Kennung: ${reference}`,
  },
  full: {
    lead: 'Diese Einladung ist voll.',
    text: (limit, more) => `Outlook nimmt ${limit} Zeichen, und die Konferenz braucht ${more} mehr. Entfernen Sie ein Bild oder eine alte zitierte Mail, und fügen Sie dann erneut ein.`,
    button: 'Erneut einfügen',
  },
  damaged: {
    lead: 'Ein Teil der Konferenzdaten wurde gelöscht.',
    text: 'Gästen fehlt vielleicht der Code. Beim Wiederherstellen bleibt Ihr eigener Text, wie er ist.',
    button: 'Wiederherstellen',
    leave: 'So lassen',
  },
  foreign: {
    lead: (service) => `Diese Einladung hat schon einen ${service}-Link.`,
    text: 'Gäste sähen zwei Wege zur Teilnahme. Entfernen Sie vor dem Senden einen von beiden.',
    button: 'Unsere entfernen',
  },
  copied: {
    lead: 'Diese Daten gehören zu einer anderen Besprechung.',
    text: 'Sie wurden kopiert, und beide Gruppen träfen sich in einem Raum. Geben Sie dieser Besprechung eigene.',
    button: 'Neue Daten',
  },
  bookingFollows: {
    lead: 'Ihre Einladung ist unterwegs, die Buchung folgt.',
    text: 'Unser Server hat zu lange nicht geantwortet. Die Konferenz wird aus Ihrem Kalender angelegt, meist binnen einer Minute.',
  },
  outlookRefused: {
    lead: 'Outlook hat die Änderung dieser Einladung nicht zugelassen.',
    text: 'Ihr Text ist, wie er war. Schließen und öffnen Sie die Einladung, und versuchen Sie es dann erneut.',
    button: 'Erneut versuchen',
  },
  noRight: {
    lead: 'Sie haben hier kein Recht, diese Einladung zu ändern.',
    text: 'Ihr Text ist, wie er war. Bitten Sie den Besitzer dieses Kalenders um das Recht zum Bearbeiten, oder fragen Sie Ihre Administration, ob Tieline Einladungen ändern darf.',
    button: 'Erneut versuchen',
  },
  noNetwork: {
    lead: 'Outlook hat die Verbindung verloren.',
    text: 'Ihr Text ist, wie er war. Versuchen Sie es erneut, sobald Outlook wieder verbunden ist.',
    button: 'Erneut versuchen',
  },
  tooLong: {
    lead: 'Diese Einladung ist zu lang für Outlook.',
    text: 'Ihr Text ist, wie er war. Entfernen Sie ein Bild oder eine alte zitierte Mail, und versuchen Sie es dann erneut.',
    button: 'Erneut versuchen',
  },
  changedElsewhere: {
    lead: 'Diese Daten wurden an anderer Stelle geändert.',
    text: 'Sie sehen jetzt die neueren. Ändern Sie noch einmal, wenn Sie es weiterhin wollen.',
    button: 'Verstanden',
  },
  refused: {
    lead: 'Tieline hat das nicht angenommen.',
    text: 'Ihre Einladung ist, wie sie war. Warum, steht unter Details.',
    elsewhere: 'Es wurde nichts geändert. Warum, steht unter Details.',
    button: 'Erneut versuchen',
  },
  detailsOf: {
    code: 'Code',
    time: 'Zeit',
    reference: 'Kennung',
    copy: 'Details kopieren',
  },
};
