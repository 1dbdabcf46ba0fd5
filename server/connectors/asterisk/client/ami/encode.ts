import { OurError, UserError } from '../../../../domain/errors.ts';

export type AmiFields = Readonly<Record<string, string>>;

/** Asterisk refuses lines of 1024 bytes and more ("line too long"), by trial. */
const longestLine = 1_023;

/**
 * Rows of a list carry the ActionID in a buffer of 80 bytes, "ActionID: " and the line end included (app_confbridge.c): a longer one
 * loses its line end and swallows the next header.
 */
const longestActionId = 60;

/** Ends a line or the whole action: Asterisk ends headers at LF alone, too, and what follows would be executed. */
const unsafe = /[\r\n\0]/;

/**
 * Writes an action. Throws UserError 'text-not-allowed' or 'text-too-long', naming the field, for a value that must not or cannot go over the wire;
 * OurError for a name or id that is our own doing.
 */
export function encodeAction(action: string, actionId: string, fields: AmiFields): string {
  if (!/^[A-Za-z]+$/.test(action)) throw new OurError('an AMI action with a strange name');
  if (!/^[\w.:-]+$/.test(actionId) || actionId.length > longestActionId) throw new OurError('an AMI action with a strange ActionID');
  const lines = [`Action: ${action}`, `ActionID: ${actionId}`];
  for (const [name, value] of Object.entries(fields)) {
    if (!/^[A-Za-z][\w-]*$/.test(name)) throw new OurError('an AMI header with a strange name');
    if (unsafe.test(value)) throw new UserError(400, { code: 'text-not-allowed', message: 'Line breaks and NUL cannot be used here.', field: name });
    const line = `${name}: ${value}`;
    if (Buffer.byteLength(line) > longestLine) throw new UserError(400, { code: 'text-too-long', message: 'This text is too long for the phone system.', field: name });
    lines.push(line);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
