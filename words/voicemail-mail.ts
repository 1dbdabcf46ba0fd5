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
  listen: 'Listen in Tieline',
  attached: 'The recording is attached.',
  tooLarge: 'The recording is too long to be attached. Listen to it on your phone or with the link.',
  secure: 'This message is confidential: the recording is not in this mail. Listen to it on your phone or with the link.',
  unreadable: 'The recording is damaged on the phone system. Try it on your phone.',
  onPhone: 'Listen to it on your phone or with the link.',
  noticeFor: (owner: string) => `You get this notice because ${owner} asked for it. Deleting it changes nothing on the phone.`,
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
  listen: 'In Tieline anhören',
  attached: 'Die Aufnahme ist angehängt.',
  tooLarge: 'Die Aufnahme ist zu lang zum Anhängen. Hören Sie sie am Telefon oder über den Link an.',
  secure: 'Diese Nachricht ist vertraulich: Die Aufnahme ist nicht in dieser Mail. Hören Sie sie am Telefon oder über den Link an.',
  unreadable: 'Die Aufnahme ist auf der Telefonanlage beschädigt. Versuchen Sie es am Telefon.',
  onPhone: 'Hören Sie sie am Telefon oder über den Link an.',
  noticeFor: (owner) => `Sie erhalten diese Benachrichtigung, weil ${owner} es so eingestellt hat. Löschen ändert am Telefon nichts.`,
};

export function voicemailMailWords(language: string): VoicemailMailWords {
  return pick({ en, de }, language);
}
