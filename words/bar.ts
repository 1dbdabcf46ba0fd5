import { pick } from './pick.ts';

/**
 * Outlook's information bar: at most 150 characters each (a test counts). Where a message of the pane is too long for
 * it, its first sentence stands here with the remedy.
 */
const en = {
  adding: 'Adding the conference…',
  added: 'Conference added. It becomes real when you send the invite.',
  current: 'The conference is in this invite already. Its text is up to date.',
  renewed: 'The conference text was brought up to date. Your own text was not touched.',
  unreachable: 'Tieline cannot be reached. Nothing was added to your invite. Try again, or write @conf in the location and the details follow after sending.',
  notAllowed: 'Your organisation has not allowed Tieline for your account yet. Open Tieline for a note to your administrator.',
  full: (characters: string) => `This invite is full. The conference needs ${characters} more characters. Remove a picture or an old quoted mail, then add again.`,
  foreign: (service: string) => `Conference added. This invite has a ${service} link too: guests would see two ways to join.`,
  locationFull: 'Conference added. The location line had no room for the link.',
  outlookRefused: 'Outlook did not let Tieline change this invite. Nothing was added. Close and open the invite, then add again.',
  signIn: 'Sign in to Tieline first. Nothing was added to your invite. Open Tieline and sign in, then add again.',
  sentFirst: 'Your invite went out, the booking follows. The conference is set up from your calendar, usually within a minute.',
};

export type BarWords = typeof en;

const de: BarWords = {
  adding: 'Konferenz wird eingefügt …',
  added: 'Konferenz eingefügt. Sie wird gültig, wenn Sie die Einladung senden.',
  current: 'Die Konferenz steht schon in dieser Einladung. Der Text ist aktuell.',
  renewed: 'Der Konferenztext ist wieder aktuell. Ihr eigener Text wurde nicht berührt.',
  unreachable: 'Tieline ist nicht erreichbar. Nichts wurde eingefügt. Erneut versuchen, oder @conf als Ort eintragen: Die Daten folgen nach dem Senden.',
  notAllowed: 'Ihre Organisation hat Tieline für Ihr Konto noch nicht erlaubt. In Tieline steht eine Notiz für die Administration.',
  full: (characters) => `Diese Einladung ist voll. Es fehlen ${characters} Zeichen. Ein Bild oder eine alte zitierte Mail entfernen, dann erneut einfügen.`,
  foreign: (service) => `Konferenz eingefügt. Die Einladung enthält auch einen ${service}-Link: Gäste sähen zwei Wege zur Teilnahme.`,
  locationFull: 'Konferenz eingefügt. Für den Link war im Feld Ort kein Platz.',
  outlookRefused: 'Outlook hat die Änderung nicht zugelassen. Nichts wurde eingefügt. Einladung schließen und öffnen, dann erneut einfügen.',
  signIn: 'Bei Tieline anmelden. Nichts wurde eingefügt. Tieline öffnen und anmelden, dann erneut einfügen.',
  sentFirst: 'Ihre Einladung ist unterwegs, die Buchung folgt. Die Konferenz wird aus Ihrem Kalender angelegt, meist binnen einer Minute.',
};

/** The words of a language, English when there are none. */
export function barWords(language: string): BarWords {
  return pick({ en, de }, language);
}
