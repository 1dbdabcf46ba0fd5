/** What the window itself says. Everything of the add-in comes from its manifest. */
export interface Words {
  send: string; sendUpdate: string; save: string; cancelMeeting: string; discard: string; attendees: string; accept: string; tentative: string; decline: string; reply: string;
  subject: string; to: string; optional: string; cc: string; bcc: string; from: string; time: string; location: string; body: string; organizer: string; required: string;
  newMeeting: string; meeting: string; newMail: string; mail: string; nothingOpen: string; newEvent: string; agenda: string; agendaEmpty: string; untitled: string;
  close: string; closePane: string; pin: string; unpin: string; addPeople: string; addTitle: string; addLocation: string; remove: (name: string) => string; dismiss: string; more: (count: number) => string;
  startDate: string; startTime: string; endTime: string; allDay: string; repeats: string; noRepeat: string; daily: string; weekdays: string; weekly: string; monthly: string; custom: string; until: (date: string) => string;
  sentTo: (count: number, time: string) => string; savedAt: (time: string) => string; cancelledAt: (count: number, time: string) => string; deletedAt: (time: string) => string; answered: (answer: string) => string; gone: string;
  notSent: (reason: string) => string; cancelQuestion: string; cancelText: string; cancelComment: string; sendCancellation: string; keepMeeting: string;
  checking: (addin: string) => string; sendAnyway: string; dontSend: string; refusedText: (addin: string) => string; unavailableText: (addin: string) => string; slowText: (addin: string) => string; timeoutText: (addin: string) => string;
  dialog: string; noRibbon: (reason: string) => string; paneFailed: string; tryAgain: string; received: string; you: string; noAttendees: string; ribbon: string;
  mails: string; inbox: string; inboxUnread: (count: number) => string; deletedItems: string; noMails: string; unread: string; markUnread: string; deleteMail: string; restoreMail: string;
}

const english: Words = {
  send: 'Send', sendUpdate: 'Send update', save: 'Save', cancelMeeting: 'Cancel meeting', discard: 'Discard', attendees: 'Attendees', accept: 'Accept', tentative: 'Tentative', decline: 'Decline', reply: 'Reply',
  subject: 'Subject', to: 'To', optional: 'Optional', cc: 'Cc', bcc: 'Bcc', from: 'From', time: 'Time', location: 'Location', body: 'Text of the invite', organizer: 'Organizer', required: 'Required',
  newMeeting: 'New meeting', meeting: 'Meeting', newMail: 'New message', mail: 'Message', nothingOpen: 'Nothing is open', newEvent: 'New event', agenda: 'Coming up', agendaEmpty: 'The calendar is empty for the next 14 days.', untitled: '(no title)',
  close: 'Close the window', closePane: 'Close the pane', pin: 'Pin the pane', unpin: 'Unpin the pane', addPeople: 'Add people', addTitle: 'Add a title', addLocation: 'Add a location', remove: (name) => `Remove ${name}`, dismiss: 'Dismiss', more: (count) => `+${count}`,
  startDate: 'Date', startTime: 'Start', endTime: 'End', allDay: 'All day', repeats: 'Repeats', noRepeat: 'Does not repeat', daily: 'Every day', weekdays: 'Every weekday', weekly: 'Every week', monthly: 'Every month', custom: 'As set', until: (date) => `until ${date}`,
  sentTo: (count, time) => `Sent to ${count} ${count === 1 ? 'person' : 'people'} at ${time}.`, savedAt: (time) => `Saved at ${time}.`, cancelledAt: (count, time) => `Cancelled at ${time}. ${count} ${count === 1 ? 'person was' : 'people were'} told.`,
  deletedAt: (time) => `Deleted at ${time}.`, answered: (answer) => `You answered: ${answer}.`, gone: 'This event is no longer in the calendar.',
  notSent: (reason) => `Not sent. ${reason}`, cancelQuestion: 'Cancel this meeting?', cancelText: 'Everybody who was invited is told.', cancelComment: 'Message to the attendees', sendCancellation: 'Send cancellation', keepMeeting: 'Keep meeting',
  checking: (addin) => `${addin} is checking this invite…`, sendAnyway: 'Send Anyway', dontSend: "Don't Send",
  refusedText: (addin) => `${addin} advises against sending this now.`, unavailableText: (addin) => `${addin} cannot be reached. It did not check this invite.`,
  slowText: (addin) => `${addin} is taking longer than expected to check this invite.`, timeoutText: (addin) => `${addin} did not answer.`,
  dialog: 'Dialog', noRibbon: (reason) => `The add-in is not in the ribbon: ${reason}`, paneFailed: 'The pane could not be loaded.', tryAgain: 'Try again', received: 'Received', you: 'you', noAttendees: 'Nobody invited', ribbon: 'Ribbon',
  mails: 'Mails', inbox: 'Inbox', inboxUnread: (count) => `Inbox (${count})`, deletedItems: 'Deleted Items', noMails: 'No mails here.', unread: 'Unread', markUnread: 'Unread', deleteMail: 'Delete', restoreMail: 'Restore',
};

const german: Words = {
  send: 'Senden', sendUpdate: 'Update senden', save: 'Speichern', cancelMeeting: 'Absagen', discard: 'Verwerfen', attendees: 'Teilnehmer', accept: 'Zusagen', tentative: 'Mit Vorbehalt', decline: 'Ablehnen', reply: 'Antworten',
  subject: 'Betreff', to: 'An', optional: 'Optional', cc: 'Cc', bcc: 'Bcc', from: 'Von', time: 'Zeit', location: 'Ort', body: 'Text der Einladung', organizer: 'Organisator', required: 'Erforderlich',
  newMeeting: 'Neue Besprechung', meeting: 'Besprechung', newMail: 'Neue Nachricht', mail: 'Nachricht', nothingOpen: 'Nichts ist geöffnet', newEvent: 'Neuer Termin', agenda: 'Als Nächstes', agendaEmpty: 'Der Kalender ist für die nächsten 14 Tage leer.', untitled: '(ohne Titel)',
  close: 'Fenster schließen', closePane: 'Bereich schließen', pin: 'Bereich anheften', unpin: 'Bereich lösen', addPeople: 'Personen hinzufügen', addTitle: 'Titel hinzufügen', addLocation: 'Ort hinzufügen', remove: (name) => `${name} entfernen`, dismiss: 'Ausblenden', more: (count) => `+${count}`,
  startDate: 'Datum', startTime: 'Beginn', endTime: 'Ende', allDay: 'Ganztägig', repeats: 'Wiederholung', noRepeat: 'Keine Wiederholung', daily: 'Jeden Tag', weekdays: 'Jeden Werktag', weekly: 'Jede Woche', monthly: 'Jeden Monat', custom: 'Wie festgelegt', until: (date) => `bis ${date}`,
  sentTo: (count, time) => `An ${count} ${count === 1 ? 'Person' : 'Personen'} gesendet um ${time}.`, savedAt: (time) => `Gespeichert um ${time}.`, cancelledAt: (count, time) => `Abgesagt um ${time}. ${count} ${count === 1 ? 'Person wurde' : 'Personen wurden'} benachrichtigt.`,
  deletedAt: (time) => `Gelöscht um ${time}.`, answered: (answer) => `Ihre Antwort: ${answer}.`, gone: 'Dieser Termin steht nicht mehr im Kalender.',
  notSent: (reason) => `Nicht gesendet. ${reason}`, cancelQuestion: 'Diese Besprechung absagen?', cancelText: 'Alle Eingeladenen werden benachrichtigt.', cancelComment: 'Nachricht an die Teilnehmer', sendCancellation: 'Absage senden', keepMeeting: 'Nicht absagen',
  checking: (addin) => `${addin} prüft diese Einladung …`, sendAnyway: 'Trotzdem senden', dontSend: 'Nicht senden',
  refusedText: (addin) => `${addin} rät davon ab, dies jetzt zu senden.`, unavailableText: (addin) => `${addin} ist nicht erreichbar und hat diese Einladung nicht geprüft.`,
  slowText: (addin) => `${addin} braucht länger als erwartet, um diese Einladung zu prüfen.`, timeoutText: (addin) => `${addin} hat nicht geantwortet.`,
  dialog: 'Dialog', noRibbon: (reason) => `Das Add-In steht nicht im Menüband: ${reason}`, paneFailed: 'Der Bereich konnte nicht geladen werden.', tryAgain: 'Noch einmal', received: 'Empfangen', you: 'Sie', noAttendees: 'Niemand eingeladen', ribbon: 'Menüband',
  mails: 'Mails', inbox: 'Posteingang', inboxUnread: (count) => `Posteingang (${count})`, deletedItems: 'Gelöschte Elemente', noMails: 'Hier sind keine Mails.', unread: 'Ungelesen', markUnread: 'Ungelesen', deleteMail: 'Löschen', restoreMail: 'Wiederherstellen',
};

export function wordsFor(language: string): Words {
  return language.toLowerCase().startsWith('de') ? german : english;
}
