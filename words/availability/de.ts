import type { AvailabilityWords } from './en.ts';

export const de: AvailabilityWords = {
  faces: {
    available: 'Verfügbar',
    meeting: 'In Besprechung',
    busy: 'Beschäftigt',
    away: 'Abwesend',
    outOfOffice: 'Außer Haus',
    vacation: 'Im Urlaub',
    doNotDisturb: 'Nicht stören',
    custom: 'Eigener Zustand',
  },
  dayAndTime: (day, time) => `${day} um ${time}`,
  sentence: ({ now, until, next }) => {
    const coming = next === null ? '' : ` (${next.title === null ? next.state : `${next.state}: ${next.title}`})`;
    return `${now}${until === null ? '' : ` bis ${until}`}${coming}`;
  },
  why: {
    'until-time': 'Von Hand gewählt, für diese Dauer.',
    'until-next-appointment': 'Von Hand gewählt, bis der nächste Termin beginnt.',
    'until-ended': 'Von Hand gewählt, bis es von Hand beendet wird.',
    'chosen-for-meeting': 'Für diese Besprechung gewählt.',
    'automatic-replies': 'Automatische Antworten sind eingeschaltet.',
    'nothing-else': 'Im Kalender steht nichts anderes.',
    busy: 'Der Kalender zeigt einen Termin als beschäftigt.',
    tentative: 'Der Kalender zeigt einen Termin mit Vorbehalt.',
    tentativeException: 'Jemand, der das darf, hat es in den Kalender eingetragen.',
    outOfOffice: 'Der Kalender zeigt eine Abwesenheit.',
    workingElsewhere: 'Der Kalender sagt, dass anderswo gearbeitet wird.',
    noData: 'Im Kalender steht ein Termin, der nicht sagt, was er bedeutet.',
    ownRule: (name) => `Die Regel „${name}“ der Organisation sagt es so.`,
  },
};
