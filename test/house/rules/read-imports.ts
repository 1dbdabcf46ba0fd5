import { type Token, tokenize } from './tokens.ts';

/** One mention of another module. */
export interface Import {
  /** As written; null where it is computed and no test can know it. */
  specifier: string | null;
  /** `import type`, `export type … from`, or a type query: gone at run time. */
  isType: boolean;
  line: number;
}

/** Every module that `source` mentions: import, export … from, import(), require(), import.meta.resolve(), and code by its address beside us (new URL). */
export function readImports(source: string): Import[] {
  const tokens = tokenize(source);
  const found: Import[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || tokens[index - 1]?.text === '.') continue;
    if (token.text === 'import') found.push(...readImport(tokens, index));
    if (token.text === 'export') found.push(...readExport(tokens, index));
    if (token.text === 'URL' && tokens[index - 1]?.text === 'new') found.push(...readAddress(tokens, index));
    if (token.text === 'require' && tokens[index + 1]?.text === '(') found.push(...call(tokens, index + 2, token.line));
  }
  return found;
}

function readImport(tokens: Token[], index: number): Import[] {
  const start = tokens[index];
  const next = tokens[index + 1];
  if (!start || !next) return [];
  if (next.kind === 'string') return [{ specifier: next.text, isType: false, line: start.line }];
  if (next.text === '(') {
    const isType = isTypeQuery(tokens, index);
    return call(tokens, index + 2, start.line).map((one) => ({ ...one, isType }));
  }
  if (next.text === '.') {
    if (tokens[index + 2]?.text !== 'meta' || tokens[index + 4]?.text !== 'resolve') return [];
    return call(tokens, index + 6, start.line);
  }
  return clause(tokens, index + 1, start.line);
}

function readExport(tokens: Token[], index: number): Import[] {
  const from = tokens[index + 1]?.text === 'type' ? index + 2 : index + 1;
  const first = tokens[from]?.text;
  if (first !== '{' && first !== '*') return [];
  return clause(tokens, index + 1, tokens[index]?.line ?? 0);
}

/** `{ a, type B }`, `* as c`, `d`, up to `from '…'`. Type only when it says so as a whole, or of every name. */
function clause(tokens: Token[], from: number, line: number): Import[] {
  const wholeIsType = tokens[from]?.text === 'type' && tokens[from + 1]?.text !== 'from' && tokens[from + 1]?.text !== ',';
  const names: Token[] = [];
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token || token.text === ';' || token.text === '=') return [];
    if (token.text === 'from' && tokens[index + 1]?.kind === 'string') {
      const specifier = tokens[index + 1]?.text ?? '';
      return [{ specifier, isType: wholeIsType || everyNameIsType(names), line }];
    }
    names.push(token);
  }
  return [];
}

function everyNameIsType(names: Token[]): boolean {
  if (names[0]?.text !== '{') return false;
  const inner = names.slice(1, -1);
  const entries = splitAtCommas(inner).filter((entry) => entry.length > 0);
  return entries.length > 0 && entries.every((entry) => entry[0]?.text === 'type' && entry.length > 1 && entry[1]?.text !== 'as');
}

function splitAtCommas(tokens: Token[]): Token[][] {
  const entries: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ',') entries.push([]);
    else entries.at(-1)?.push(token);
  }
  return entries;
}

/** `import('x').Y` in a place for types: behind a colon, an equals sign of `type`, a bracket of generics, or `typeof`. */
function isTypeQuery(tokens: Token[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  if (before === ':' || before === '<' || before === '|' || before === '&') return true;
  if (before === 'typeof') return true;
  return before === '=' && tokens[index - 3]?.text === 'type';
}

/** `new URL('./worker.ts', import.meta.url)`: how a module is named that is started instead of imported. Addresses of data are left alone. */
function readAddress(tokens: Token[], index: number): Import[] {
  const [open, address, comma, base, , meta] = tokens.slice(index + 1, index + 7);
  const isBesideUs = open?.text === '(' && comma?.text === ',' && base?.text === 'import' && meta?.text === 'meta';
  if (!isBesideUs || address?.kind !== 'string' || !/\.(?:[cm]?js|tsx?)$/.test(address.text)) return [];
  const specifier = address.text.startsWith('.') ? address.text : `./${address.text}`;
  return [{ specifier, isType: false, line: address.line }];
}

function call(tokens: Token[], index: number, line: number): Import[] {
  const argument = tokens[index];
  const closes = tokens[index + 1]?.text;
  const isPlain = argument?.kind === 'string' || (argument?.kind === 'template' && closes === ')');
  // The address is read where it stands, see readAddress.
  if (argument?.text === 'new' && closes === 'URL' && tokens[index + 3]?.kind === 'string') return [];
  if (isPlain && (closes === ')' || closes === ',')) return [{ specifier: argument.text, isType: false, line }];
  return [{ specifier: null, isType: false, line }];
}
