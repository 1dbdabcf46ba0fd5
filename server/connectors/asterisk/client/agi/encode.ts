import { OurError } from '../../../../domain/errors.ts';

/** Asterisk reads a command into 8 KiB (AGI_BUF_LEN in res_agi.c). */
const longestCommand = 8_000;

/**
 * Writes a command line. Words are quoted where Asterisk would split them; quotes and backslashes are escaped.
 * Throws OurError for line breaks and NUL (what follows would be a second command) and for a line that is too long: no text of a stranger belongs here.
 */
export function encodeCommand(words: readonly string[]): string {
  const line = words.map(quote).join(' ');
  if (/[\r\n\0]/.test(line)) throw new OurError('a line break in an AGI command');
  if (Buffer.byteLength(line) > longestCommand) throw new OurError('an AGI command is too long');
  return `${line}\n`;
}

function quote(word: string): string {
  if (/^[\w()/.,:+-]+$/.test(word)) return word;
  return `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
