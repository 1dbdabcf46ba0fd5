import { UserError } from '../domain/errors.ts';

const remedy = 'Download the recording as it is stored, or play it on the phone.';

/** A recording of nothing: the caller hung up, or the phone system's disk was full. */
export function empty(): UserError {
  return new UserError(422, { code: 'sound-empty', message: 'The recording is empty.', remedy: 'Call back, or play it on the phone.' });
}

/** `why` follows "The recording cannot be played: ". */
export function unreadable(why: string): UserError {
  return new UserError(422, { code: 'sound-unreadable', message: `The recording cannot be played: ${why}.`, remedy });
}
