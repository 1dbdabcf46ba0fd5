import { decodeEntities } from '../entities.ts';
import { collapse, withoutLinks } from '../lines.ts';
import type { Line, LineLink } from '../lines.ts';
import { findLinks } from '../links.ts';
import { closeTag, createStructure, openTag } from './structure.ts';
import type { Cell, Table } from './structure.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** What the engine knows of an HTML body. */
export interface Page {
  html: string;
  tokens: readonly Token[];
  lines: readonly Line[];
  tables: readonly Table[];
  cells: readonly Cell[];
}

const BREAKS =
  ' address article aside blockquote body br caption center col colgroup dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul ';
/** Things a reader sees although they are no text. */
const MEDIA = ' img svg object embed video audio iframe input button ';

function within(list: string, name: string): boolean {
  return list.indexOf(` ${name} `) >= 0;
}

/** A line while its tokens go by. */
interface Draft {
  text: string;
  /** The part of the text that stands in no link of ours. */
  outside: string;
  links: LineLink[];
  tel: boolean;
  allLink: boolean;
  media: boolean;
  pictures: string;
  start: number;
  end: number;
}

function emptyDraft(): Draft {
  return { text: '', outside: '', links: [], tel: false, allLink: true, media: false, pictures: '', start: -1, end: -1 };
}

function extend(draft: Draft, token: Token): void {
  if (draft.start < 0) draft.start = token.start;
  draft.end = token.end;
}

/** A link that is open: none, somebody's, or one of ours. */
type Anchor = 'none' | 'theirs' | 'ours';

function addText(draft: Draft, token: Token, text: string, anchor: Anchor): void {
  const blank = collapse(text) === '';
  if (!blank || draft.start >= 0) extend(draft, token);
  draft.text += text;
  if (anchor !== 'ours') draft.outside += text;
  if (anchor === 'none' && !blank) draft.allLink = false;
}

function openAnchor(draft: Draft, tag: string, joinBase: string | undefined): Anchor {
  if (/\shref\s*=\s*["']?\s*tel:/i.test(tag)) draft.tel = true;
  const first = findLinks(tag, joinBase)[0];
  if (first === undefined) return 'theirs';
  draft.links.push({ id: first.id, kind: first.kind });
  return 'ours';
}

const SRC = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;

function addressOf(tag: string): string {
  const found = SRC.exec(tag);
  if (found === null) return '';
  return found.slice(1).join('');
}

/** Reads a body into lines and cells. Linear in its length. */
export function readPage(html: string, joinBase: string | undefined): Page {
  const tokens = tokenize(html);
  const structure = createStructure();
  const lines: Line[] = [];
  let draft = emptyDraft();
  let anchor: Anchor = 'none';

  function finishLine(): void {
    const { text, outside, links, tel, allLink, media, pictures, start, end } = draft;
    draft = emptyDraft();
    const visible = collapse(text);
    if (visible === '' && !media) return;
    const stripped = withoutLinks(outside, joinBase);
    let rest = stripped.rest;
    if (media) rest = `${rest} [picture]`;
    lines.push({
      text: visible,
      pictures,
      rest,
      links: links.concat(stripped.links),
      tel,
      allLink: allLink && !media,
      quoted: structure.quoteDepth > 0 || structure.belowReplyMark,
      cell: structure.cell,
      start,
      end,
    });
  }

  for (const token of tokens) {
    if (token.kind === 'comment') continue;
    const source = html.slice(token.start, token.end);
    if (token.kind === 'text') {
      addText(draft, token, decodeEntities(source), anchor);
    } else if (within(BREAKS, token.name)) {
      finishLine();
      if (token.kind === 'open') openTag(structure, token, source);
      else closeTag(structure, token);
    } else {
      extend(draft, token);
      if (within(MEDIA, token.name)) draft.media = true;
      if (token.name === 'img') draft.pictures += `[picture ${addressOf(decodeEntities(source))}]`;
      if (token.name === 'a' && token.kind === 'close') anchor = 'none';
      if (token.name === 'a' && token.kind === 'open') anchor = openAnchor(draft, decodeEntities(source), joinBase);
    }
  }
  finishLine();
  return { html, tokens, lines, tables: structure.tables, cells: structure.cells };
}
