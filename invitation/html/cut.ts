import { at } from '../at.ts';
import type { Edit } from '../edits.ts';
import type { Frame } from '../frames.ts';
import { collapse } from '../lines.ts';
import type { Line } from '../lines.ts';
import { decodeEntities } from '../entities.ts';
import type { Page } from './page.ts';
import { isVoid } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Elements that may go with the only line in them. Cells and list items stay: without them a table or list changes shape. */
const WRAPPERS = ' p div h1 h2 h3 h4 h5 h6 ';

function isBlankText(page: Page, token: Token): boolean {
  return token.kind === 'text' && collapse(decodeEntities(page.html.slice(token.start, token.end))) === '';
}

/** White space between tags; a no-break space is content here, since clients fill empty paragraphs with it. */
function isGap(page: Page, token: Token): boolean {
  return token.kind === 'comment' || (token.kind === 'text' && /^\s*$/.test(page.html.slice(token.start, token.end)));
}

function firstTokenFrom(page: Page, offset: number): number {
  let low = 0;
  let high = page.tokens.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(page.tokens, middle).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tokensOf(page: Page, line: Line): Token[] {
  const tokens: Token[] = [];
  for (let index = firstTokenFrom(page, line.start); index < page.tokens.length; index += 1) {
    const token = at(page.tokens, index);
    if (token.end > line.end) break;
    tokens.push(token);
  }
  return tokens;
}

function isBalanced(tokens: readonly Token[]): boolean {
  const open: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'open' && !isVoid(token.name)) open.push(token.name);
    if (token.kind === 'close' && open.pop() !== token.name) return false;
  }
  return open.length === 0;
}

function neighbour(page: Page, from: number, step: 1 | -1): Token | undefined {
  let index = from;
  let token = page.tokens[index];
  while (token !== undefined && isGap(page, token)) {
    index += step;
    token = page.tokens[index];
  }
  return token;
}

/** Takes a line out, with the paragraph or the line break that was there for it alone. */
export function cutLine(page: Page, line: Line): Edit[] {
  const tokens = tokensOf(page, line);
  if (!isBalanced(tokens)) {
    // Formatting that began before this line goes on behind it: only words and links go.
    return tokens
      .filter(function wordsAndLinks(token) {
        return token.kind === 'text' || token.name === 'a';
      })
      .map(function cut(token) {
        return { start: token.start, end: token.end, insert: '' };
      });
  }
  const before = neighbour(page, firstTokenFrom(page, line.start) - 1, -1);
  const after = neighbour(page, firstTokenFrom(page, line.end), 1);
  if (before !== undefined && after !== undefined) {
    const wrapped = before.kind === 'open' && after.kind === 'close' && before.name === after.name;
    if (wrapped && WRAPPERS.indexOf(` ${before.name} `) >= 0) return [{ start: before.start, end: after.end, insert: '' }];
  }
  if (after !== undefined && after.name === 'br') return [{ start: line.start, end: after.end, insert: '' }];
  if (before !== undefined && before.name === 'br') return [{ start: before.start, end: line.end, insert: '' }];
  return [{ start: line.start, end: line.end, insert: '' }];
}

/** A line of the user's that stood in our table, as a paragraph of its own. */
export function keptLine(page: Page, line: Line): string {
  const tokens = tokensOf(page, line);
  if (isBalanced(tokens)) return `<p>${page.html.slice(line.start, line.end)}</p>`;
  const content = tokens.filter(function visible(token) {
    return token.kind === 'text' || token.name === 'img';
  });
  return `<p>${content.map((token) => page.html.slice(token.start, token.end)).join('')}</p>`;
}

/** Where the empty paragraph begins that we wrote before the table at `offset`; `offset` when there is none. */
function leadStart(page: Page, offset: number): number {
  let index = firstTokenFrom(page, offset) - 1;
  while (index >= 0 && isGap(page, at(page.tokens, index))) index -= 1;
  const close = page.tokens[index];
  if (close === undefined || close.kind !== 'close' || (close.name !== 'p' && close.name !== 'div')) return offset;
  for (index -= 1; index >= 0; index -= 1) {
    const token = at(page.tokens, index);
    if (token.name === close.name) {
      if (token.kind === 'open') return token.start;
      return offset;
    }
    const inline = token.name === 'br' || token.name === 'span' || token.name === 'o:p' || token.name === 'font';
    if (!inline && !isBlankText(page, token) && token.kind !== 'comment') return offset;
  }
  return offset;
}

/** The place of a framed block in HTML: a whole table when the cell is its only one, else the content of the cell. */
export function cellSpan(page: Page, frame: Frame): { start: number; end: number; table: boolean } {
  const cell = at(page.cells, frame.cell);
  const table = at(page.tables, cell.table);
  if (table.cells === 1 && table.end >= 0) return { start: leadStart(page, table.start), end: table.end, table: true };
  return { start: cell.start, end: cell.end, table: false };
}
