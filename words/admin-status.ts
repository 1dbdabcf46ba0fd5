import { pick } from './pick.ts';

/** Connected systems and the log, on the administrator's page. */
const en = {
  title: 'Status',
  version: (version: string) => `Tieline ${version}`,
  states: { elsewhere: 'Nobody has told yet', starting: 'Starting', ready: 'Online', limited: 'Online, with gaps', down: 'Offline', refused: 'Refused' },
  since: (when: string) => `since ${when}`,
  told: (when: string) => `as told ${when}`,
  about: 'What Tieline is connected to, and what it does at this moment.',
  none: 'No phone, mail or conference system is connected. They are named under connectors in the configuration.',
  can: { conference: 'conferences', dialIn: 'dial-in', participants: 'who is in', events: 'live news', mute: 'mute', kick: 'put out', lock: 'lock', end: 'end', joinLinks: 'links to join', voicemail: 'voicemail', voicemailChanges: 'changes to voicemail', voicemailForward: 'forwarding voicemail', voicemailAudio: 'sound of voicemail', messageLight: 'message light', callControl: 'calls', calendar: 'calendars', 'calendar.write': 'writing into calendars', notifications: 'notices of changes', directory: 'directory', mail: 'mail', presence: 'presence', transcription: 'transcription', greetings: 'greetings', prompts: 'prompts' } as Readonly<Record<string, string>>,
  types: { asterisk: 'Asterisk', jitsi: 'Jitsi Meet', graph: 'Microsoft 365', imap: 'IMAP', smtp: 'Mail server', transcription: 'Transcription' } as Readonly<Record<string, string>>,
  capabilities: 'Can do',
  gaps: 'Cannot do',
  failing: 'Waits for it',
  waiting: (kind: string, count: number) => `${kind}: ${count}`,
  force: 'Force now',
  forceAbout: 'Force now looks at everything of a system at once: subscriptions, calendars, automatic replies, voicemail boxes, lines. The log shows it.',
  forceThis: (name: string) => `Force now: ${name}`,
  forced: (name: string) => `Everything of ${name} is looked at now; watch the log.`,
  log: 'Log',
  used: (used: string, days: number) => `${used} MB of the last ${days === 1 ? 'day' : `${days} days`} are kept.`,
  limits: 'How long the log is kept',
  level: 'Show',
  levels: { info: 'Everything', warn: 'Warnings and errors', error: 'Errors only' },
  follow: 'Follow as it fills',
  older: 'Older',
  empty: { info: 'Nothing yet.', warn: 'No warnings and no errors. Good.', error: 'No errors. Good.' },
  importance: { info: 'Information', warn: 'Warning', error: 'Error' },
  steps: {
    'system.start': 'Starting',
    'system.state': 'State',
    'system.connected': 'Connected',
    'system.force': 'Everything is looked at now',
    'calendar.subscribe': 'Subscribing to a calendar',
    'absence.many': 'Asking for automatic replies',
    'absence.one': 'Reading automatic replies of a mailbox',
  },
};

export type StatusWords = typeof en;

const de: StatusWords = {
  title: 'Zustand',
  version: (version: string) => `Tieline ${version}`,
  states: { elsewhere: 'Noch hat niemand etwas gesagt', starting: 'Startet', ready: 'Verbunden', limited: 'Verbunden, mit Lücken', down: 'Nicht erreichbar', refused: 'Abgewiesen' },
  since: (when: string) => `seit ${when}`,
  told: (when: string) => `Stand ${when}`,
  about: 'Womit Tieline verbunden ist und was gerade geschieht.',
  none: 'Keine Telefonanlage, kein Mail- und kein Konferenzsystem ist verbunden. Sie stehen unter connectors in der Konfiguration.',
  can: { conference: 'Konferenzen', dialIn: 'Einwahl', participants: 'wer da ist', events: 'Neues sofort', mute: 'stumm schalten', kick: 'hinaussetzen', lock: 'sperren', end: 'beenden', joinLinks: 'Links zur Teilnahme', voicemail: 'Voicemail', voicemailChanges: 'Voicemail ändern', voicemailForward: 'Voicemail weiterleiten', voicemailAudio: 'Ton der Voicemail', messageLight: 'Licht am Telefon', callControl: 'Anrufe', calendar: 'Kalender', 'calendar.write': 'in Kalender schreiben', notifications: 'Nachricht von Änderungen', directory: 'Verzeichnis', mail: 'Mail', presence: 'Anwesenheit', transcription: 'Mitschrift', greetings: 'Ansagen', prompts: 'Ansagedateien' },
  types: { asterisk: 'Asterisk', jitsi: 'Jitsi Meet', graph: 'Microsoft 365', imap: 'IMAP', smtp: 'Mailserver', transcription: 'Mitschrift' },
  capabilities: 'Kann',
  gaps: 'Kann nicht',
  failing: 'Wartet darauf',
  waiting: (kind: string, count: number) => `${kind}: ${count}`,
  force: 'Jetzt ansehen',
  forceAbout: 'Der Knopf sieht alles eines Systems auf einmal nach: Abonnements, Kalender, Abwesenheitsnotizen, Voicemailboxen, Leitungen. Das Protokoll zeigt es.',
  forceThis: (name: string) => `Jetzt ansehen: ${name}`,
  forced: (name: string) => `Alles von ${name} wird jetzt angesehen; das Protokoll zeigt es.`,
  log: 'Protokoll',
  used: (used: string, days: number) => `${used} MB ${days === 1 ? 'des letzten Tages' : `der letzten ${days} Tage`} sind aufgehoben.`,
  limits: 'Wie lange das Protokoll bleibt',
  level: 'Zeigen',
  levels: { info: 'Alles', warn: 'Warnungen und Fehler', error: 'Nur Fehler' },
  follow: 'Mitlaufen',
  older: 'Ältere',
  empty: { info: 'Noch nichts.', warn: 'Keine Warnungen und keine Fehler. Gut.', error: 'Keine Fehler. Gut.' },
  importance: { info: 'Hinweis', warn: 'Warnung', error: 'Fehler' },
  steps: {
    'system.start': 'Startet',
    'system.state': 'Zustand',
    'system.connected': 'Verbunden',
    'system.force': 'Alles wird jetzt angesehen',
    'calendar.subscribe': 'Abonniert einen Kalender',
    'absence.many': 'Fragt nach Abwesenheitsnotizen',
    'absence.one': 'Liest die Abwesenheitsnotiz eines Postfachs',
  },
};

/** In a language, English when there are none. */
export function statusWords(language: string): StatusWords {
  return pick({ en, de }, language);
}
