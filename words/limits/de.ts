import type { LimitWords } from './en.ts';

export const de: LimitWords = {
  offline: {
    title: 'Sie sind offline.',
    text: (time) => `Sie sehen den Stand von ${time}. Anrufen und Abspielen warten, bis die Verbindung wieder da ist; Tieline versucht es weiter.`,
  },
  oldOutlook: { title: 'Dieses Outlook zeigt weniger', text: 'Einladen, Teilnehmen und Anrufen gehen. Anheften und Live-Teilnehmer brauchen eine neuere Version.' },
};
