/** Words around every server-rendered page. */
const en = { signIn: 'Sign in', signOut: 'Sign out', poweredBy: 'Powered by Tieline', language: 'Language' };

export type WebShellWords = typeof en;

const de: WebShellWords = { signIn: 'Anmelden', signOut: 'Abmelden', poweredBy: 'Mit Tieline', language: 'Sprache' };

const languages: Record<string, WebShellWords> = { en, de };

export function webShellWords(language: string): WebShellWords {
  return languages[language] ?? en;
}
