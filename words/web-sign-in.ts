/** Words of the web sign-in and of the pages that only say that something went wrong. */
const en = {
  title: 'Sign in',
  text: 'Use your work account. There is no new password.',
  with: (provider: string) => `Sign in with ${provider}`,
  none: 'Nobody can sign in on this page yet.',
  noneText: 'An administrator names a sign-in service under signIn.providers in the configuration.',
  again: 'Sign in again',
  signedOut: 'You are signed out of Tieline.',
  alsoThere: (provider: string) => `Sign out of ${provider}, too`,
  home: 'My conferences',
  failed: 'This did not work.',
  reference: (id: string) => `Reference for your administrator: ${id}`,
  notAllowed: 'You are signed in, but this page is not for you.',
  formOld: 'This form is not valid any more.',
  formOldText: 'Nothing was changed. Open the page again and repeat it there.',
  notFound: 'There is nothing at this address.',
};

export type WebSignInWords = typeof en;

const de: WebSignInWords = {
  title: 'Anmelden',
  text: 'Nehmen Sie Ihr Arbeitskonto. Ein neues Kennwort gibt es nicht.',
  with: (provider) => `Mit ${provider} anmelden`,
  none: 'Auf dieser Seite kann sich noch niemand anmelden.',
  noneText: 'Ein Administrator nennt einen Anmeldedienst unter signIn.providers in der Konfiguration.',
  again: 'Neu anmelden',
  signedOut: 'Sie sind von Tieline abgemeldet.',
  alsoThere: (provider) => `Auch von ${provider} abmelden`,
  home: 'Meine Konferenzen',
  failed: 'Das hat nicht geklappt.',
  reference: (id) => `Kennung für Ihren Administrator: ${id}`,
  notAllowed: 'Sie sind angemeldet, aber diese Seite ist nicht für Sie.',
  formOld: 'Dieses Formular gilt nicht mehr.',
  formOldText: 'Nichts wurde geändert. Öffnen Sie die Seite neu, und wiederholen Sie es dort.',
  notFound: 'Unter dieser Adresse ist nichts.',
};

const languages: Record<string, WebSignInWords> = { en, de };

export function webSignInWords(language: string): WebSignInWords {
  return languages[language] ?? en;
}
