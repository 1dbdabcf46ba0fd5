/** A word of a command: an atom (`\Seen`, `BODY.PEEK[HEADER]`, `1:*`), a string, a literal, or a list of them. */
export type Word = { kind: 'atom' | 'string'; text: string } | { kind: 'literal'; bytes: Buffer } | { kind: 'list'; words: Word[] };

/** What the wire gave of one command: texts, with the literals between them. */
export type Piece = string | Buffer;

/** Reads the words of a command. Throws for a list or quote that does not end. */
export function readWords(pieces: readonly Piece[]): Word[] {
  let piece = 0;
  let at = 0;

  function here(): string | undefined {
    const current = pieces[piece];
    return typeof current === 'string' ? current[at] : undefined;
  }

  function quoted(): Word {
    let text = '';
    for (at++; ; at++) {
      const char = here();
      if (char === undefined) throw new Error('a quoted string does not end');
      if (char === '"') break;
      if (char === '\\') at++;
      text += here() ?? '';
    }
    at++;
    return { kind: 'string', text };
  }

  /** An atom ends at a blank or bracket, but not within `[…]`. */
  function atom(): Word {
    let text = '';
    let depth = 0;
    for (let char = here(); char !== undefined; at++, char = here()) {
      if (depth === 0 && (char === ' ' || char === '(' || char === ')')) break;
      if (char === '[') depth++;
      if (char === ']') depth--;
      text += char;
    }
    return { kind: 'atom', text };
  }

  function words(isInner: boolean): Word[] {
    const found: Word[] = [];
    for (;;) {
      const current = pieces[piece];
      if (current === undefined) {
        if (isInner) throw new Error('a list does not end');
        return found;
      }
      if (typeof current !== 'string') {
        found.push({ kind: 'literal', bytes: current });
        piece++;
        at = 0;
        continue;
      }
      const char = current[at];
      if (char === undefined) {
        piece++;
        at = 0;
      } else if (char === ' ') at++;
      else if (char === ')') {
        if (!isInner) throw new Error('a bracket too many');
        at++;
        return found;
      } else if (char === '(') {
        at++;
        found.push({ kind: 'list', words: words(true) });
      } else found.push(char === '"' ? quoted() : atom());
    }
  }

  return words(false);
}

/** The word as text; a list has none. */
export function textOf(word: Word | undefined): string {
  if (!word || word.kind === 'list') return '';
  return word.kind === 'literal' ? word.bytes.toString('utf8') : word.text;
}

export function listOf(word: Word | undefined): Word[] {
  return word?.kind === 'list' ? word.words : [];
}

/** A string as the wire has it. */
export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
