import type { StateWords } from './en.ts';

export const de: StateWords = {
  person: {
    available: 'Verfügbar',
    meeting: 'In Besprechung',
    busy: 'Beschäftigt',
    doNotDisturb: 'Nicht stören',
    away: 'Abwesend',
    outOfOffice: 'Außer Haus',
    unknown: 'Nicht bekannt',
    outside: 'Extern',
    onThePhone: 'Telefoniert',
    chatAvailable: 'Chat: verfügbar',
    chatOffline: 'Chat: offline',
    asOf: (time) => `Stand ${time}`,
    until: (state, time) => `${state} bis ${time}`,
  },
  conference: {
    held: 'Reserviert',
    booking: 'Wird gebucht …',
    scheduled: 'Auf der Brücke',
    live: 'Jetzt offen',
    ended: 'Vorbei',
    expired: 'Verfallen',
    cancelled: 'Abgesagt',
  },
};
