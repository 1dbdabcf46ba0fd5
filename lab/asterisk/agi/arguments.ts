/** Most words of one command (res_agi.c). */
const mostWords = 128;

/** Cuts an AGI command into words as res_agi.c does: blanks part them, double quotes hold them together, a backslash takes the next sign as it is. */
export function splitCommand(line: string): string[] {
  const words: string[] = [];
  let quoted = false;
  let escaped = false;
  let between = true;

  function add(sign: string): void {
    if (between) {
      words.push('');
      between = false;
    }
    words[words.length - 1] += sign;
  }

  for (const sign of line) {
    if (escaped) {
      add(sign);
      escaped = false;
    } else if (sign === '\\') {
      escaped = true;
    } else if (sign === '"') {
      quoted = !quoted;
      if (quoted && between) add('');
    } else if ((sign === ' ' || sign === '\t') && !quoted) {
      between = true;
    } else {
      add(sign);
    }
  }
  return words.slice(0, mostWords);
}
