import { at } from '../at.ts';
import { collapse, withoutLinks } from '../lines.ts';
import type { Line } from '../lines.ts';

interface SourceLine {
  content: string;
  quoted: boolean;
  start: number;
  end: number;
}

const QUOTE_MARK = /^(?:[ \t]*[>|])+[ \t]?/;

function sourceLines(text: string): SourceLine[] {
  const found: SourceLine[] = [];
  const pattern = /\r\n|\n|\r/g;
  let start = 0;
  for (;;) {
    const hit = pattern.exec(text);
    let end = text.length;
    if (hit !== null) end = hit.index;
    const source = text.slice(start, end);
    const mark = QUOTE_MARK.exec(source);
    if (mark === null) found.push({ content: source, quoted: false, start, end });
    else found.push({ content: source.slice(mark[0].length), quoted: true, start, end });
    if (hit === null) return found;
    start = hit.index + hit[0].length;
  }
}

/** An id broken in two by a client that wraps long lines; `=` is the soft break of quoted-printable. */
const BROKEN_ID = /\/j\/([a-z2-7]{1,25})=?$/;

function joinsTo(line: SourceLine, next: SourceLine | undefined): boolean {
  const head = BROKEN_ID.exec(line.content);
  if (head === null || next === undefined) return false;
  const tail = /^[a-z2-7]+(?![a-z0-9])/.exec(next.content);
  return tail !== null && String(head[1]).length + tail[0].length === 26;
}

/** Reads a plain text body into lines. */
export function readText(text: string, joinBase: string | undefined): Line[] {
  const sources = sourceLines(text);
  const lines: Line[] = [];
  for (let index = 0; index < sources.length; index += 1) {
    const line = at(sources, index);
    const next = sources[index + 1];
    let content = line.content;
    let end = line.end;
    if (next !== undefined && joinsTo(line, next)) {
      content = content.replace(/=$/, '') + next.content;
      end = next.end;
      index += 1;
    }
    const visible = collapse(content);
    if (visible === '') continue;
    const stripped = withoutLinks(content, joinBase);
    lines.push({
      text: visible,
      pictures: '',
      rest: stripped.rest,
      links: stripped.links,
      tel: /<tel:/i.test(content),
      allLink: false,
      quoted: line.quoted,
      cell: -1,
      start: line.start,
      end,
    });
  }
  return lines;
}
