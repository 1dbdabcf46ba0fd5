import { pick } from './pick.ts';

/** What a setting does, in a sentence below its field, where the name alone does not say it. Keys as in admin-settings.ts. */
const en = {
  'availability.followsCalendar': 'Appointments and automatic replies set what people\'s phones show and where calls go.',
  'availability.calendarDetail': 'Times only: never a title, place or organizer. Rules that ask for these then do not apply.',
  'availability.exceptionOrganizers': 'Mail addresses. Their tentative appointments count as "Tentative, by an exception".',
  'availability.winningWords': 'Of appointments at the same time, one with such a word decides, such as vacation.',
  'availability.losingWords': 'One with such a word gives way to all others, such as home office.',
  'availability.showsSubject': 'In the state text that colleagues see. Titles of private appointments are never shown.',
  'availability.phoneLanguage': 'A phone\'s display has no reader of its own, so its language is set here.',
  'availability.phoneTimeZone': 'Such as Europe/Berlin; nothing for that of the owner\'s mailbox.',
  'availability.showsCalls': 'Whoever is on the phone is shown so.',
  'conference.insert': '"In every new appointment" works where Outlook starts add-ins by itself.',
  'conference.bridge': 'Which conference system, by the name that it has in the configuration.',
  'voicemail.mode': 'Both ways: a mail that is read or deleted does the same to the voicemail. Off: no mails.',
  'voicemail.withAudio': 'Without it the mail has a link, and what is done to the mail does not reach the phone.',
  'voicemail.startUp': 'What counts after Tieline, the mail system or the phone system was away.',
  'voicemail.keepUnheard': 'Where nothing is known of the past, such a voicemail stays.',
  'voicemail.heardWhenMailed': 'The light on the phone then goes out as soon as the mail is sent.',
  'voicemail.oldMessages': 'Voicemails that lay in the box before Tieline first saw it.',
  'voicemail.oldDays': 'How old a voicemail from before may be to be mailed.',
  'voicemail.undoDays': 'How long a deleted voicemail can be brought back.',
  'voicemail.mostAtOnce': 'If more are deleted at once, nothing is deleted until an administrator has looked.',
  'voicemail.timeZone': 'Such as Europe/Berlin; nothing for the phone system\'s. It counts only where the mailbox names none.',
  'voicemail.audioFormat': 'As stored is for voice servers that read these mails.',
  'voicemail.protection': 'The sound of secure messages is in no mail and in no file.',
  'voicemail.noticeTo': 'One mail address that hears of each new voicemail besides; nothing for none.',
  'voicemail.transcribe': 'By the engine that is connected; never of secure messages.',
  'voicemail.folder': 'Such as Voicemail or Inbox/Voicemail, made when it is not there; nothing for the inbox.',
  'log.days': 'Lines that are older are deleted.',
  'log.megabytes': 'When there are more, the oldest lines go first.',
};

type SettingHints = typeof en;

const de: SettingHints = {
  'availability.followsCalendar': 'Termine und Abwesenheitsnotizen bestimmen, was die Telefone zeigen und wohin Anrufe gehen.',
  'availability.calendarDetail': 'Nur Zeiten: nie ein Titel, ein Ort oder wer einlädt. Regeln, die danach fragen, gelten dann nicht.',
  'availability.exceptionOrganizers': 'Mailadressen. Termine von dort mit Vorbehalt zählen als „Vorbehalt, Ausnahme“.',
  'availability.winningWords': 'Von Terminen zur selben Zeit entscheidet der mit einem solchen Wort, etwa Urlaub.',
  'availability.losingWords': 'Einer mit einem solchen Wort weicht allen anderen, etwa Homeoffice.',
  'availability.showsSubject': 'Im Text zum Zustand, den Kollegen sehen. Titel privater Termine erscheinen nie.',
  'availability.phoneLanguage': 'Die Anzeige eines Telefons weiß nicht, wer sie liest; die Sprache steht deshalb hier.',
  'availability.phoneTimeZone': 'Etwa Europe/Berlin; nichts für die des Postfachs.',
  'availability.showsCalls': 'Wer telefoniert, wird so gezeigt.',
  'conference.insert': '„In jedem neuen Termin“ geht, wo Outlook Add-Ins von selbst startet.',
  'conference.bridge': 'Welches Konferenzsystem, mit dem Namen aus der Konfiguration.',
  'voicemail.mode': 'In beide Richtungen: Wird eine Mail gelesen oder gelöscht, geschieht das auch der Voicemail. Aus: keine Mails.',
  'voicemail.withAudio': 'Ohne ihn enthält die Mail einen Link, und was mit ihr geschieht, erreicht das Telefon nicht.',
  'voicemail.startUp': 'Was zählt, nachdem Tieline, das Mailsystem oder die Telefonanlage weg war.',
  'voicemail.keepUnheard': 'Wo von vorher nichts bekannt ist, bleibt eine solche Voicemail.',
  'voicemail.heardWhenMailed': 'Das Licht am Telefon geht dann aus, sobald die Mail verschickt ist.',
  'voicemail.oldMessages': 'Voicemails, die schon in der Box lagen, bevor Tieline sie sah.',
  'voicemail.oldDays': 'Wie alt eine Voicemail von vorher sein darf, um gemailt zu werden.',
  'voicemail.undoDays': 'Wie lange eine gelöschte Voicemail zurückgeholt werden kann.',
  'voicemail.mostAtOnce': 'Werden mehr auf einmal gelöscht, wird nichts gelöscht, bis die Verwaltung nachgesehen hat.',
  'voicemail.timeZone': 'Etwa Europe/Berlin; nichts für die der Telefonanlage. Sie zählt nur, wo das Postfach keine nennt.',
  'voicemail.audioFormat': '„Wie gespeichert“ ist für Sprachserver, die diese Mails lesen.',
  'voicemail.protection': 'Der Ton gesicherter Nachrichten steht in keiner Mail und in keiner Datei.',
  'voicemail.noticeTo': 'Eine Mailadresse, die außerdem von jeder neuen Voicemail erfährt; nichts für keine.',
  'voicemail.transcribe': 'Von der Maschine, die verbunden ist; nie bei gesicherten Nachrichten.',
  'voicemail.folder': 'Etwa Voicemail oder Inbox/Voicemail, wird angelegt, wenn er fehlt; nichts für den Posteingang.',
  'log.days': 'Ältere Zeilen werden gelöscht.',
  'log.megabytes': 'Sind es mehr, gehen die ältesten Zeilen zuerst.',
};

/** The sentence for a setting ("voicemail.mode"); undefined for one whose name says it all, or of a newer server. */
export function settingHint(language: string, setting: string): string | undefined {
  return new Map<string, string>(Object.entries(pick({ en, de }, language))).get(setting);
}
