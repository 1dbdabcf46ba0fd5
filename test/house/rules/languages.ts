import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { type Token, tokenize } from './tokens.ts';

/** The words of one language in one file. */
interface Dictionary {
  path: string;
  language: string;
  keys: Set<string>;
}

/** Where words for people lie, ours and the lab's own. */
function holdsWords(file: SourceFile): boolean {
  return isCode(file) && (file.path.startsWith('words/') || /\/words(?:\/|\.ts$)/.test(file.path)) && !file.path.startsWith('test/');
}

/**
 * Every language has every key, and everything that is said is said in every language. Dictionaries are top-level constants named by language
 * (`const de = {…}`): several in one file, or one in each of several files that are named so.
 */
export function findMissingWords(files: readonly SourceFile[]): Violation[] {
  const groups = new Map<string, Dictionary[]>();
  for (const file of files.filter(holdsWords)) {
    const isPerLanguage = /\/[a-z]{2}\.ts$/.test(file.path);
    const group = isPerLanguage ? file.path.replace(/[^/]+$/, '') : file.path;
    groups.set(group, [...(groups.get(group) ?? []), ...readDictionaries(file)]);
  }
  const all = [...groups.values()].filter((group) => group.length > 0);
  const languages = new Set(all.flat().map((dictionary) => dictionary.language));
  return all.flatMap((group) => [...missingLanguages(group, languages), ...missingKeys(group)]);
}

function missingLanguages(group: readonly Dictionary[], languages: ReadonlySet<string>): Violation[] {
  const path = group[0]?.path ?? '';
  return [...languages].filter((language) => !group.some((one) => one.language === language)).map((language) => ({ path, line: 0, message: `says nothing in "${language}"` }));
}

function missingKeys(group: readonly Dictionary[]): Violation[] {
  const keys = new Set(group.flatMap((dictionary) => [...dictionary.keys]));
  return group.flatMap(({ path, language, keys: own }) => [...keys].filter((key) => !own.has(key)).map((key) => ({ path, line: 0, message: `"${language}" has no ${key}` })));
}

function readDictionaries(file: SourceFile): Dictionary[] {
  const tokens = tokenize(file.text);
  return tokens.flatMap((token, index) => {
    const name = tokens[index + 1];
    if (token.text !== 'const' || name?.kind !== 'name' || !/^[a-z]{2}$/.test(name.text)) return [];
    const open = openingBrace(tokens, index + 2);
    return open < 0 ? [] : [{ path: file.path, language: name.text, keys: readKeys(tokens, open) }];
  });
}

/** Behind `= `, past a type in between; -1 when the constant is no object. */
function openingBrace(tokens: readonly Token[], from: number): number {
  const equals = tokens.findIndex((token, index) => index >= from && (token.text === '=' || token.text === ';'));
  return tokens[equals]?.text === '=' && tokens[equals + 1]?.text === '{' ? equals + 1 : -1;
}

/** Paths of all keys below the brace at `open`: `block.join`. What stands in brackets, such as a function's parameters, has none. */
function readKeys(tokens: readonly Token[], open: number): Set<string> {
  const keys = new Set<string>();
  const path: string[] = [];
  let brackets = 0;
  let key = '';
  for (let index = open; index < tokens.length; index++) {
    const { text = '', kind = 'punctuation' } = tokens[index] ?? {};
    if (kind === 'punctuation') {
      if (text === '(' || text === '[') brackets++;
      if (text === ')' || text === ']') brackets--;
    }
    if (brackets > 0) continue;
    if (text === '{' && kind === 'punctuation') path.push(key);
    if (text === '}' && kind === 'punctuation') path.pop();
    if (path.length === 0) return keys;
    if (!isKey(tokens, index)) continue;
    key = text;
    keys.add([...path.slice(1), key].join('.'));
  }
  return keys;
}

function isKey(tokens: readonly Token[], index: number): boolean {
  const { kind } = tokens[index] ?? {};
  const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
  return (kind === 'name' || kind === 'string' || kind === 'number') && (before === '{' || before === ',') && (after === ':' || after === '(' || after === ',' || after === '}');
}
