import type { StateWords } from './en.ts';

export const de: StateWords = {
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
