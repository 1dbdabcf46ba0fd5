import { pick } from './pick.ts';

/** Connected systems and the log, on the administrator's page. */
const en = {
  title: 'Status',
  version: (version: string) => `Tieline ${version}`,
  states: { elsewhere: 'Nobody has told yet', starting: 'Starting', ready: 'Online', limited: 'Online, with gaps', down: 'Offline', refused: 'Refused' },
  since: (when: string) => `since ${when}`,
  told: (when: string) => `as told ${when}`,
  capabilities: 'Can do',
  gaps: 'Cannot do',
  failing: 'Waits for it',
  waiting: (kind: string, count: number) => `${kind}: ${count}`,
  force: 'Force now',
  forceThis: (name: string) => `Force now: ${name}`,
  forced: (name: string) => `Everything of ${name} is looked at now; watch the log.`,
  log: 'Log',
  used: (used: string, days: number) => `${used} MB, the last ${days === 1 ? 'day' : `${days} days`}`,
  limits: 'How long the log is kept',
  level: 'Least important',
  levels: { info: 'Everything', warn: 'Warnings', error: 'Errors' },
  follow: 'Follow',
  older: 'Older',
  empty: 'Nothing yet',
  importance: { info: 'Information', warn: 'Warning', error: 'Error' },
  steps: {
    'system.start': 'Starting',
    'system.state': 'How it does',
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
  capabilities: 'Kann',
  gaps: 'Kann nicht',
  failing: 'Wartet darauf',
  waiting: (kind: string, count: number) => `${kind}: ${count}`,
  force: 'Jetzt ansehen',
  forceThis: (name: string) => `Jetzt ansehen: ${name}`,
  forced: (name: string) => `Alles von ${name} wird jetzt angesehen; das Protokoll zeigt es.`,
  log: 'Protokoll',
  used: (used: string, days: number) => `${used} MB, ${days === 1 ? 'der letzte Tag' : `die letzten ${days} Tage`}`,
  limits: 'Wie lange das Protokoll bleibt',
  level: 'Am wenigsten wichtig',
  levels: { info: 'Alles', warn: 'Warnungen', error: 'Fehler' },
  follow: 'Mitlaufen',
  older: 'Ältere',
  empty: 'Noch nichts',
  importance: { info: 'Hinweis', warn: 'Warnung', error: 'Fehler' },
  steps: {
    'system.start': 'Startet',
    'system.state': 'Wie es ihm geht',
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
