import { pick } from './pick.ts';

/** Words of the mail about a voicemail. Same keys in every language. */
const en = {
  unknownCaller: 'an unknown caller',
  subject: (caller: string, length: string) => `Voicemail from ${caller} (${length})`,
  urgentSubject: (caller: string, length: string) => `Urgent voicemail from ${caller} (${length})`,
  from: 'From',
  number: 'Number',
  leftAt: 'Left',
  length: 'Length',
  minutes: (minutes: number, seconds: number) => (minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`),
  attached: 'The recording is attached.',
  onPhone: 'Listen to it on your phone or in Tieline.',
};

export type VoicemailMailWords = typeof en;

const de: VoicemailMailWords = {
  unknownCaller: 'unbekannt',
  subject: (caller, length) => `Sprachnachricht von ${caller} (${length})`,
  urgentSubject: (caller, length) => `Dringende Sprachnachricht von ${caller} (${length})`,
  from: 'Von',
  number: 'Nummer',
  leftAt: 'Hinterlassen',
  length: 'Länge',
  minutes: (minutes, seconds) => (minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`),
  attached: 'Die Aufnahme ist angehängt.',
  onPhone: 'Hören Sie sie am Telefon oder in Tieline an.',
};

export function voicemailMailWords(language: string): VoicemailMailWords {
  return pick({ en, de }, language);
}
