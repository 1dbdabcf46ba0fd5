import { findLinks } from './links.ts';
import type { LinkKind } from './types.ts';

/** One line as a reader sees it, in HTML or plain text, with its place in the source. Blank lines are not listed. */
export interface Line {
  /** Visible text, white space collapsed, quote marks of plain text taken off. */
  text: string;
  /** `[picture ADDRESS]` for each picture in it; a picture has no words to be known by. */
  pictures: string;
  /** The visible text without our own addresses and without what stands inside our own links. */
  rest: string;
  links: readonly LineLink[];
  /** A telephone link stands in it. */
  tel: boolean;
  /** All of the visible text is link text. */
  allLink: boolean;
  quoted: boolean;
  /** The innermost table cell it stands in (index in the page's cells); -1 for none. */
  cell: number;
  /** Offsets in the source, end exclusive. Plain text: without the line break. */
  start: number;
  end: number;
}

/** What a line says, words and pictures, to compare by. */
export function said(line: Pick<Line, 'text' | 'pictures'>): string {
  return line.text + line.pictures;
}

export interface LineLink {
  id: string;
  kind: LinkKind;
}

/** White space as readers see it: one space; the no-break space that our HTML uses in codes counts as one. */
export function collapse(text: string): string {
  return text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
}

/** No address in use is longer; the limit keeps a hostile line from costing the square of its length. */
const LONGEST_ADDRESS = 4000;

const ADDRESS_STARTS = /[<("']?https?:\/\/[^\s<>"]*$/i;

/** Takes our addresses, whole and with what another service wrapped around them, out of a text. */
export function withoutLinks(text: string, joinBase: string | undefined): { rest: string; links: LineLink[] } {
  const links: LineLink[] = [];
  let rest = '';
  let position = 0;
  for (const link of findLinks(text, joinBase)) {
    links.push({ id: link.id, kind: link.kind });
    if (link.start < position) continue;
    const from = Math.max(position, link.start + 1 - LONGEST_ADDRESS);
    const before = text.slice(from, link.start + 1);
    rest += text.slice(position, from);
    const scheme = ADDRESS_STARTS.exec(before);
    let end = link.end;
    if (scheme !== null) {
      rest += before.slice(0, scheme.index);
      const tail = /^[^\s<>"]*[>)"']?/.exec(text.slice(end, end + LONGEST_ADDRESS));
      if (tail !== null && !/^[,;.]?$/.test(tail[0])) end += tail[0].length;
    } else {
      rest += before.replace(/.$/, '');
    }
    position = end;
  }
  return { rest: collapse(rest + text.slice(position)), links };
}
