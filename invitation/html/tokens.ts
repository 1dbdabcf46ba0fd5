/**
 * Cuts HTML into tags, comments and text with their offsets, and nothing more: no tree, no repair. What an HTML parser
 * would normalise must come back byte for byte, so the engine works on offsets of the string that Outlook gave us.
 */
export interface Token {
  kind: 'text' | 'open' | 'close' | 'comment';
  /** Lower-case tag name; empty for text and comments. */
  name: string;
  /** Offsets, end exclusive. */
  start: number;
  end: number;
}

const VOID = ' area base br col embed hr img input link meta source track wbr ';
/** Elements whose content is not markup. */
const RAW = ' style script title textarea xmp ';

/** True for elements that have no end tag. */
export function isVoid(name: string): boolean {
  return VOID.indexOf(` ${name} `) >= 0;
}

function isRaw(name: string): boolean {
  return RAW.indexOf(` ${name} `) >= 0;
}

/**
 * After so many tags that never end, the rest is text: each such tag costs a scan to the end, and a hostile body may
 * hold a hundred thousand. Outlook's own HTML has none.
 */
const BROKEN_TAGS_ALLOWED = 20;

/** The offset after the `>` that ends the tag; quoted attribute values may hold `>`. -1 when the tag never ends. */
function tagEnd(html: string, from: number): number {
  let position = from;
  while (position < html.length) {
    const character = html.charAt(position);
    if (character === '>') return position + 1;
    if (character === '=') {
      const quoted = /^=\s*(["'])/.exec(html.slice(position, position + 8));
      if (quoted !== null) {
        const opening = position + quoted[0].length;
        const closing = html.indexOf(String(quoted[1]), opening);
        if (closing >= 0) position = closing;
      }
    }
    position += 1;
  }
  return -1;
}

function markupEnd(html: string, start: number): number {
  if (html.substr(start, 4) === '<!--') {
    const closing = html.indexOf('-->', start + 4);
    if (closing < 0) return -1;
    return closing + 3;
  }
  // <!doctype>, <![if !mso]> and <?xml:namespace?> are one piece up to the next >.
  if (/[!?]/.test(html.charAt(start + 1))) return tagEnd(html, start + 1);
  return tagEnd(html, start + 1);
}

function tagName(html: string, start: number): string {
  const match = /^<\/?([a-z][a-z0-9:_-]*)/i.exec(html.substr(start, 40));
  if (match === null) return '';
  return String(match[1]).toLowerCase();
}

/** Where the raw content of an element ends: before its end tag; -1 when there is none, so that nothing after it is hidden from us. */
function rawEnd(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}(?=[\\s>/])`, 'gi');
  pattern.lastIndex = from;
  const closing = pattern.exec(html);
  if (closing === null) return -1;
  return closing.index;
}

/** All tokens in order; together they cover the string without a gap. */
export function tokenize(html: string): Token[] {
  const tokens: Token[] = [];
  let textStart = 0;
  let broken = 0;
  // Elements whose end was looked for once and is not there: looking again at each of them would cost the square.
  const endless = new Set<string>();
  let position = html.indexOf('<');
  function addText(end: number): void {
    if (end > textStart) tokens.push({ kind: 'text', name: '', start: textStart, end });
  }
  while (position >= 0 && broken <= BROKEN_TAGS_ALLOWED) {
    const comment = /[!?]/.test(html.charAt(position + 1));
    const name = tagName(html, position);
    let end = -1;
    if (comment || name !== '') end = markupEnd(html, position);
    if (end <= position) {
      // A lone "<" or something that never ends is text, as the reader sees it.
      if (end < 0 && (comment || name !== '')) broken += 1;
      position = html.indexOf('<', position + 1);
      continue;
    }
    addText(position);
    let kind: Token['kind'] = 'open';
    if (comment) kind = 'comment';
    else if (html.charAt(position + 1) === '/') kind = 'close';
    tokens.push({ kind, name, start: position, end });
    if (kind === 'open' && isRaw(name) && !endless.has(name)) {
      const contentEnd = rawEnd(html, name, end);
      if (contentEnd < 0) endless.add(name);
      if (contentEnd > end) tokens.push({ kind: 'comment', name: '', start: end, end: contentEnd });
      end = Math.max(end, contentEnd);
    }
    textStart = end;
    position = html.indexOf('<', end);
  }
  addText(html.length);
  return tokens;
}
