import type { PlayingWords } from './en.ts';

export const de: PlayingWords = {
  recordingDamaged: {
    lead: (at) => `Die Aufnahme endet bei ${at}.`,
    text: 'Der Rest ist auf der Telefonanlage beschädigt; gelöscht wurde nichts. Spielen Sie sie am Telefon ab, oder sichern Sie die Datei.',
    button: 'Am Telefon abspielen',
    save: 'Sichern',
  },
  deskPhoneGone: {
    lead: (extension) => `Das Tischtelefon ${extension} ist nicht verbunden.`,
    text: 'Es wurde nichts abgespielt, und die Nachricht bleibt ungehört. Spielen Sie sie hier ab, oder wählen Sie ein anderes Telefon.',
    button: 'Hier abspielen',
    choose: 'Wählen',
  },
  boxFull: {
    lead: (name) => `Die Mailbox von ${name} ist voll.`,
    text: 'Die Nachricht wurde nicht weitergeleitet; Ihre ist unberührt. Senden Sie sie stattdessen per Mail.',
    button: 'Per Mail senden',
  },
  deletedOnPhone: {
    lead: 'Soeben am Telefon gelöscht.',
    text: (day) => `Die Wiedergabe läuft bis zum Ende. Bis ${day} können Sie die Nachricht zurückholen.`,
    button: 'Zurückholen',
  },
};
