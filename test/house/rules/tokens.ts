/**
 * Splits TypeScript source into tokens: just enough to tell code from comments and strings. The compiler in use has no API, so the rules of the
 * house read the source text.
 */
export interface Token {
  kind: 'name' | 'string' | 'template' | 'number' | 'punctuation' | 'regex';
  /** For strings and template pieces: what stands between the quotes, as written. */
  text: string;
  line: number;
}

const afterWhichRegexStarts = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do', 'await', 'yield']);

/** The tokens of `source`, comments and white space left out. Never throws: what it cannot read becomes punctuation. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  /** One entry per open template literal: how many braces are open in its present expression. */
  const templates: number[] = [];
  let at = 0;
  let line = 1;

  function push(kind: Token['kind'], text: string): void {
    tokens.push({ kind, text, line });
  }

  function advance(to: number): void {
    for (; at < to; at++) if (source[at] === '\n') line++;
  }

  function regexMayStart(): boolean {
    const last = tokens.at(-1);
    if (!last) return true;
    if (last.kind === 'name') return afterWhichRegexStarts.has(last.text);
    return last.kind === 'punctuation' && !')]}'.includes(last.text);
  }

  /** From behind a backtick or a closing brace to the next `${` or the closing backtick. */
  function templatePiece(): void {
    let end = at;
    while (end < source.length && source[end] !== '`' && !source.startsWith('${', end)) end += source[end] === '\\' ? 2 : 1;
    push('template', source.slice(at, end));
    if (source.startsWith('${', end)) {
      templates.push(0);
      return advance(end + 2);
    }
    advance(end + 1);
  }

  while (at < source.length) {
    const char = source[at] ?? '';
    const rest = source.slice(at, at + 256);
    const space = /^\s+/.exec(rest);
    if (space) {
      advance(at + space[0].length);
    } else if (rest.startsWith('//') || (at === 0 && rest.startsWith('#!'))) {
      const end = source.indexOf('\n', at);
      advance(end < 0 ? source.length : end);
    } else if (rest.startsWith('/*')) {
      const end = source.indexOf('*/', at + 2);
      advance(end < 0 ? source.length : end + 2);
    } else if (char === '`') {
      advance(at + 1);
      templatePiece();
    } else if (char === '}' && templates.at(-1) === 0) {
      templates.pop();
      advance(at + 1);
      templatePiece();
    } else if (char === '"' || char === "'") {
      readString(char);
    } else if (char === '/' && regexMayStart()) {
      readRegex();
    } else {
      readPlain(char, rest);
    }
  }

  /** A quote without its partner on the line is an apostrophe in JSX text. */
  function readString(quote: string): void {
    let end = at + 1;
    while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
    if (source[end] !== quote) {
      push('punctuation', quote);
      return advance(at + 1);
    }
    push('string', source.slice(at + 1, end));
    advance(end + 1);
  }

  function readRegex(): void {
    let end = at + 1;
    let inClass = false;
    while (end < source.length && source[end] !== '\n' && (inClass || source[end] !== '/')) {
      if (source[end] === '[') inClass = true;
      if (source[end] === ']') inClass = false;
      end += source[end] === '\\' ? 2 : 1;
    }
    if (source[end] !== '/') {
      push('punctuation', '/');
      return advance(at + 1);
    }
    push('regex', source.slice(at, end + 1));
    advance(end + 1);
  }

  function readPlain(char: string, rest: string): void {
    const name = /^[\p{L}_$#@][\p{L}\p{N}_$]*/u.exec(rest);
    const number = /^\d[\w.]*/.exec(rest);
    const text = name?.[0] ?? number?.[0] ?? char;
    push(name ? 'name' : number ? 'number' : 'punctuation', text);
    const open = templates.length - 1;
    if (open >= 0 && text === '{') templates[open] = (templates[open] ?? 0) + 1;
    if (open >= 0 && text === '}') templates[open] = (templates[open] ?? 0) - 1;
    advance(at + text.length);
  }

  return tokens;
}
