import { pick } from './pick.ts';

/** What a caller hears. The bridge speaks these, or plays a prompt recorded after them. `time` is spoken: "10:50". */
const en = {
  enterCode: 'Enter the access code, then press the hash key.',
  unknownCode: 'That code is not known.',
  tryAgain: 'Try again.',
  lockedOut: 'Too many wrong codes. Call again in ten minutes.',
  opensAt: (time: string) => `Your conference opens at ${time}.`,
  opensOn: (day: string, time: string) => `Your conference opens on ${day} at ${time}.`,
  notSent: 'Your conference is not open yet. Its invite has not been sent.',
  noSuchConference: 'No such conference.',
  ended: 'That conference is over.',
  full: 'The conference is full. Try again later.',
  lobbyClosed: 'Nobody is there to let you in. Try again later.',
  waitForHost: 'The host is not there yet. You come in when they do.',
  youAreHost: 'Welcome. You are the host.',
  welcome: 'Welcome to the conference.',
  unavailable: 'The conference service does not answer. Call again in a few minutes.',
  goodbye: 'Goodbye.',
};

export type PhoneWords = typeof en;

const de: PhoneWords = {
  enterCode: 'Geben Sie den Zugangscode ein, dann die Rautetaste.',
  unknownCode: 'Dieser Code ist nicht bekannt.',
  tryAgain: 'Versuchen Sie es erneut.',
  lockedOut: 'Zu viele falsche Codes. Rufen Sie in zehn Minuten wieder an.',
  opensAt: (time) => `Ihre Konferenz öffnet um ${time} Uhr.`,
  opensOn: (day, time) => `Ihre Konferenz öffnet am ${day} um ${time} Uhr.`,
  notSent: 'Ihre Konferenz ist noch nicht offen. Die Einladung wurde noch nicht gesendet.',
  noSuchConference: 'Diese Konferenz gibt es nicht.',
  ended: 'Diese Konferenz ist vorbei.',
  full: 'Die Konferenz ist voll. Versuchen Sie es später erneut.',
  lobbyClosed: 'Niemand ist da, um Sie einzulassen. Versuchen Sie es später erneut.',
  waitForHost: 'Die Leitung ist noch nicht da. Sie kommen mit ihr hinein.',
  youAreHost: 'Willkommen. Sie leiten diese Konferenz.',
  welcome: 'Willkommen in der Konferenz.',
  unavailable: 'Der Konferenzdienst antwortet nicht. Rufen Sie in ein paar Minuten wieder an.',
  goodbye: 'Auf Wiederhören.',
};

/** The words of a language, English when there are none. */
export function phoneWords(language: string): PhoneWords {
  return pick({ en, de }, language);
}
