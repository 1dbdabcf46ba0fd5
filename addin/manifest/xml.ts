import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of a manifest. Names are local names: a manifest spreads over five namespaces, and prefixes are the author's choice. */
export interface Element {
  name: string;
  /** Address of the namespace; empty when none is in scope. */
  space: string;
  /** Local part of `xsi:type`, such as `MailHost`; empty without one. */
  type: string;
  /** By local name; declarations of namespaces and `xsi:type` are not among them. */
  attributes: ReadonlyMap<string, string>;
  children: readonly Element[];
  /** Text of its own, trimmed. */
  text: string;
  parent: Element | null;
  /** Offsets in the text of the document: of its `<`, and behind its last `>`. */
  start: number;
  end: number;
  /** First line is 1. */
  line: number;
}

/** Text that is no document: `problem` in the parser's words. */
export interface Unreadable {
  problem: string;
  line: number;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** As the parser keeps order: one key is the name with the content, `:@` holds the attributes, and one symbol the place. */
type RawNode = Record<string, unknown>;

/** Entities are put back by `decode`: the parser leaves numbered ones alone, and nothing else may stand in a manifest. */
const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', captureMetaData: true,
  parseTagValue: false, parseAttributeValue: false, processEntities: false, ignoreDeclaration: true, ignorePiTags: true,
});

/** Reads a document. What is not XML, or brings a document type of its own, comes back as `Unreadable`. */
export function readXml(text: string): Element | Unreadable {
  const doctype = text.search(/<!DOCTYPE/i);
  if (doctype >= 0) return { problem: 'a document type declaration, which Outlook does not read', line: lineAt(text, doctype) };
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) return { problem: verdict.err.msg, line: verdict.err.line };
  const unknown = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, blank));
  if (unknown) return { problem: 'an "&" that begins no known entity', line: lineAt(text, unknown.index) };
  const nodes = parse(text);
  if (typeof nodes === 'string') return { problem: nodes, line: 1 };
  const root = nodes.map((node) => [node, nameOf(node)] as const).find(([, name]) => name !== '');
  if (!root) return { problem: 'no element', line: 1 };
  return toElement(root[0], null, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), text);
}

/** The parser's own limits (100 levels) speak as exceptions. */
function parse(text: string): RawNode[] | string {
  try {
    return parser.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** As long as what it stands for, so that places stay. */
function blank(text: string): string {
  return ' '.repeat(text.length);
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Empty for text and comments. */
function nameOf(node: RawNode): string {
  return Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#')) ?? '';
}

function textOf({ '#text': text }: RawNode): string {
  return typeof text === 'string' ? text : '';
}

/** Offsets of a node, which the parser keeps under a symbol of its own. */
function placeOf(node: RawNode): [start: number, end: number] {
  const places: { startIndex?: number; endIndex?: number }[] = Object.getOwnPropertySymbols(node).map((symbol) => Reflect.get(node, symbol));
  return [places[0]?.startIndex ?? 0, places[0]?.endIndex ?? 0];
}

function toElement(node: RawNode, parent: Element | null, outer: ReadonlyMap<string, string>, text: string): Element {
  const name = nameOf(node);
  const raw = Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, decode(String(value))] as const);
  const spaces = new Map(outer);
  for (const [key, value] of raw) {
    if (key === 'xmlns') spaces.set('', value);
    else if (key.startsWith('xmlns:')) spaces.set(key.slice(6), value);
  }
  const attributes = new Map<string, string>();
  let type = '';
  for (const [key, value] of raw) {
    const [prefix, local] = split(key);
    if (key === 'xmlns' || prefix === 'xmlns') continue;
    if (spaces.get(prefix) === schemaInstance && local === 'type') type = split(value)[1];
    else attributes.set(local, value);
  }
  const [prefix, local] = split(name);
  const [start, end] = placeOf(node);
  const content: RawNode[] = Array.isArray(node[name]) ? node[name] : [];
  const children: Element[] = [];
  const element: Element = {
    name: local, space: spaces.get(prefix) ?? '', type, attributes, children, parent,
    text: decode(content.map(textOf).join('')).trim(),
    start, end, line: lineAt(text, start),
  };
  for (const each of content) if (nameOf(each) !== '') children.push(toElement(each, element, spaces, text));
  return element;
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };

function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, digits?: string, name?: string) => {
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(digits ?? Number.NaN);
    if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    return named[name ?? ''] ?? whole;
  });
}

/** Text as it stands in an attribute or an element. */
export function encode(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}

/** The first child of that name. */
export function child(element: Element | null | undefined, name: string): Element | null {
  return element?.children.find((each) => each.name === name) ?? null;
}

/** Everything below an element, itself not, in the order of the document. */
export function below(element: Element | null | undefined): Element[] {
  const found: Element[] = [];
  const collect = (outer: Element): void => {
    for (const each of outer.children) {
      found.push(each);
      collect(each);
    }
  };
  if (element) collect(element);
  return found;
}

/** The value of an attribute; empty when it is not there. */
export function attribute(element: Element, name: string): string {
  return element.attributes.get(name) ?? '';
}

/** Length as a schema counts it: an emoji is one character. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
