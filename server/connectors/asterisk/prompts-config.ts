import { z } from 'zod';

/** A sound file of Asterisk without its ending, relative to the sounds folder. */
const sound = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/, 'is no name of a sound file');

/** One or several files, played one after the other. Empty says nothing. */
const sounds = z.union([sound.transform((name) => [name]), z.array(sound)]);

/** How a time is said: letters of Asterisk's say application (main/say.c), or sounds in single quotes. */
const timeFormat = z.string().regex(/^[A-Za-z '/-]+$/, 'is no format for a spoken time');

/**
 * What callers hear. The defaults are files of Asterisk's own core sounds, so that nothing needs to be recorded; in brackets what the English ones say.
 * Files named confbridge-… exist in English only, Asterisk falls back to them.
 */
export const promptsConfig = z.strictObject({
  askCode: sound.default('conf-getconfno').describe('Asks for the code. ["Please enter your conference number followed by the pound key."]'),
  unknownCode: sounds.prefault('conf-invalid').describe('The code is not known. ["That is not a valid conference number. Please try again."]'),
  notSent: sounds.prefault('conf-invalid').describe('The invite was not sent yet; by default nothing is given away.'),
  cancelled: sounds.prefault('conf-invalid').describe('The conference was cancelled; by default the code is no longer known.'),
  ended: sounds.prefault('confbridge-conf-end').describe('The conference is over. ["The conference has ended."]'),
  tooEarly: sounds.prefault('please-try-call-later').describe('It opens later; the time follows. ["Please try your call again later."]'),
  lockedOut: sounds.prefault('confbridge-pin-bad').describe('Too many wrong codes. ["You have entered too many invalid personal identification numbers."]'),
  full: sounds.prefault('confbridge-lock-no-join').describe('Nobody else fits in.'),
  lobbyClosed: sounds.prefault('confbridge-lock-no-join').describe('No longer lets anybody in. ["The conference is currently locked and cannot be joined."]'),
  atDoor: sounds.prefault('pls-wait-connect-call').describe('Somebody whom nobody knows waits until a host lets them in; music on hold follows. ["Please wait while I connect your call."]'),
  serviceAway: sounds.prefault('please-try-call-later').describe('We cannot decide at the moment, so nobody is let in. ["Please try your call again later."]'),
  goodbye: sounds.prefault('vm-goodbye').describe('The last word. ["Goodbye."]'),
  missing: sound.default('beeperr').describe('Played in place of a sound file that does not exist.'),
  times: z
    .record(z.string().regex(/^[a-z]{2}$/), z.strictObject({ today: timeFormat, later: timeFormat }))
    .prefault({})
    .describe('How times are said, by language: today only the hour, later with the day. English "\'digits/at\' IMp", others "HM" unless set here.'),
});

export type PromptsConfig = z.output<typeof promptsConfig>;
