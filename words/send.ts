import { pick } from './pick.ts';

/** What the send handler leaves in Outlook's bar (message 12); a file of its own, since that handler carries nothing else. */
const en = {
  bookingFollows: 'Your invite went out, the booking follows. The conference is set up from your calendar, usually within a minute.',
  /** A new appointment should have got a conference by itself. */
  notAdded: 'The conference was not added. Press Conference to try again.',
};

export type SendWords = typeof en;

const de: SendWords = {
  bookingFollows: 'Ihre Einladung ist unterwegs, die Buchung folgt. Die Konferenz wird aus Ihrem Kalender angelegt, meist binnen einer Minute.',
  notAdded: 'Die Konferenz wurde nicht eingefügt. Drücken Sie Konferenz, um es noch einmal zu versuchen.',
};

/** The send handler's words in a language, English when there are none. */
export function sendWords(language: string): SendWords {
  return pick({ en, de }, language);
}
