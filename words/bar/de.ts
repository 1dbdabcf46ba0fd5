import type { BarWords } from './en.ts';

export const de: BarWords = {
  adding: 'Konferenz wird eingefügt …',
  added: 'Konferenz eingefügt. Sie wird gültig, wenn Sie die Einladung senden.',
  current: 'Die Konferenz steht schon in dieser Einladung. Der Text ist aktuell.',
  renewed: 'Der Konferenztext ist wieder aktuell. Ihr eigener Text wurde nicht berührt.',
  unreachable: 'Tieline ist nicht erreichbar. Nichts wurde eingefügt. Erneut versuchen, oder @conf als Ort eintragen: Die Daten folgen nach dem Senden.',
  notAllowed: 'Ihre Organisation hat Tieline für Ihr Konto noch nicht erlaubt. In Tieline steht eine Notiz für die Administration.',
  full: (characters) => `Diese Einladung ist voll. Es fehlen ${characters} Zeichen. Ein Bild oder eine alte zitierte Mail entfernen, dann erneut einfügen.`,
  foreign: (service) => `Konferenz eingefügt. Die Einladung enthält auch einen ${service}-Link: Gäste sähen zwei Wege zur Teilnahme.`,
  locationFull: 'Konferenz eingefügt. Für den Link war im Feld Ort kein Platz.',
  outlookRefused: 'Outlook hat die Änderung nicht zugelassen. Nichts wurde eingefügt. Einladung neu öffnen, oder in Tieline einfügen: Dort steht, was hilft.',
  signIn: 'Bei Tieline anmelden. Nichts wurde eingefügt. Tieline öffnen und anmelden, dann erneut einfügen.',
};
