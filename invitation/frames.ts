import { at } from './at.ts';
import type { Cell, Table } from './html/structure.ts';
import type { Labels } from './labels.ts';
import { said } from './lines.ts';
import type { Line } from './lines.ts';
import { isBareLink, isOursByLink, isRule, isWhole, recognise } from './recognise.ts';

/** A stretch of lines that holds a block of ours, or what is left of one. */
export interface Frame {
  id: string;
  lines: readonly Line[];
  /** For each line: did we write it? */
  ours: readonly boolean[];
  /** The cell that frames it; -1 when lines alone do. */
  cell: number;
  /** Nothing but our addresses is certain to be ours here: no cell, no rules, no end. */
  loose: boolean;
  whole: boolean;
  quoted: boolean;
}

/** What `frames` needs of a body; plain text has no tables. */
export interface Lines {
  lines: readonly Line[];
  tables: readonly Table[];
  cells: readonly Cell[];
}

/** What is known of the blocks beforehand. */
export interface KnownLines {
  /** Lines that are ours for certain. */
  lines: readonly string[];
  /** Labels of our lines; without them shapes must do. */
  labels: Labels | undefined;
}

/** A block has at most this many lines between two of its addresses: passcode, heading, three numbers, code, and their blank neighbours. */
const LINES_BETWEEN_LINKS = 8;
/** Legal text of a template stands between the help line and the lower rule. */
const LINES_BEFORE_LOWER_RULE = 4;

/** A block in every language with its legal texts has fewer than half of these; a cell with more lines is not half ours, and is not worth reading. */
const LINES_IN_A_CELL = 200;

function isWithin(page: Lines, cell: number, outer: number): boolean {
  let current = cell;
  while (current >= 0 && current !== outer) current = at(page.cells, current).outer;
  return current === outer;
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}

function isKnown(line: Line | undefined, hints: KnownLines): boolean {
  return line !== undefined && !isRule(line) && hints.lines.indexOf(said(line)) >= 0;
}

function sharesId(line: Line, id: string): boolean {
  return line.links.some(function same(link) {
    return link.id === id;
  });
}

function makeFrame(lines: readonly Line[], ours: readonly boolean[], id: string, cell: number, loose: boolean): Frame {
  return {
    id,
    lines,
    ours,
    cell,
    loose,
    whole: !loose && isWhole(lines),
    quoted: lines.every(function quoted(line) {
      return line.quoted;
    }),
  };
}

/** The table cell around a line, if at least half of it is ours. */
function halfOurs(page: Lines, from: number, hints: KnownLines): { frame: Frame; first: number; last: number } | undefined {
  const line = at(page.lines, from);
  const cell = page.cells[line.cell];
  if (cell === undefined || cell.end < 0) return undefined;
  let first = from;
  while (first > 0 && isWithin(page, at(page.lines, first - 1).cell, line.cell)) first -= 1;
  let last = from;
  while (last + 1 < page.lines.length && isWithin(page, at(page.lines, last + 1).cell, line.cell)) {
    last += 1;
    if (last - first >= LINES_IN_A_CELL) return undefined;
  }
  const lines = page.lines.slice(first, last + 1);
  const ours = recognise(lines, hints.lines, hints.labels);
  const linkLines = lines.filter(function linked(candidate) {
    return candidate.links.length > 0;
  });
  const alone = at(page.tables, cell.table).cells === 1 && count(ours) === lines.length;
  if (!alone && (linkLines.length < 2 || count(ours) * 2 < lines.length)) return undefined;
  const link = at(linkLines, 0).links[0];
  if (link === undefined) return undefined;
  return { frame: makeFrame(lines, ours, link.id, line.cell, false), first, last };
}

/** The first line in a cell that is our way in and nothing else, when a table in that cell holds it; -1 for none. */
function joinInTable(page: Lines, frame: Frame, first: number): number {
  const inside = frame.lines.findIndex(function joins(line) {
    return isBareLink(line) && at(line.links, 0).kind === 'join';
  });
  if (inside < 0 || at(frame.lines, inside).cell === frame.cell) return -1;
  return first + inside;
}

/**
 * The table cell around a line, if it is ours: at least half of it is, and it is not a cell of the user's around ours. Such
 * a cell begins with words that only mention us, as those do that were kept of an older block, and our table follows.
 */
function cellFrame(page: Lines, from: number, hints: KnownLines): { frame: Frame; last: number } | undefined {
  const found = halfOurs(page, from, hints);
  if (found === undefined || found.frame.ours[from - found.first] === true) return found;
  const join = joinInTable(page, found.frame, found.first);
  if (join >= 0 && halfOurs(page, join, hints) !== undefined) return undefined;
  return found;
}

/** A template's logo stands between the rule and the title over our first address. */
function hasLogoAbove(lines: readonly Line[], from: number, hints: KnownLines): boolean {
  const line = at(lines, from);
  if (!isBareLink(line) || !isRule(lines[from - 3]) || !isKnown(lines[from - 2], hints)) return false;
  return line.links.some(function joins(link) {
    return link.kind === 'join';
  });
}

function upperEnd(lines: readonly Line[], from: number, hints: KnownLines): { first: number; rule: boolean } {
  if (isRule(lines[from - 1])) return { first: from - 1, rule: true };
  if (isBareLink(lines[from]) && isRule(lines[from - 2])) return { first: from - 2, rule: true };
  if (hasLogoAbove(lines, from, hints)) return { first: from - 3, rule: true };
  if (isKnown(lines[from - 1], hints)) return { first: from - 1, rule: false };
  return { first: from, rule: false };
}

/** The rule below; between our last address and it stands the legal text of a template, however long where it is known. */
function lowerEnd(lines: readonly Line[], from: number, upperRule: boolean, legal: KnownLines | undefined): { last: number; rule: boolean } {
  let reach = 1;
  if (upperRule) reach = LINES_BEFORE_LOWER_RULE;
  for (let index = from + 1; index <= from + reach; index += 1) {
    const line = lines[index];
    if (line === undefined || line.links.length > 0) break;
    if (isRule(line)) return { last: index, rule: true };
    if (legal !== undefined && isKnown(line, legal)) reach += 1;
  }
  return { last: from, rule: false };
}

/** Lines that follow one another from our first address to our last, with the rules around them. */
function lineFrame(page: Lines, from: number, hints: KnownLines): { frame: Frame; last: number } {
  const lines = page.lines;
  const start = at(lines, from);
  const id = at(start.links, 0).id;
  let lastLink = from;
  let helped = false;
  let index = from;
  while (index < lines.length && index <= lastLink + LINES_BETWEEN_LINKS && !helped) {
    const line = at(lines, index);
    if (line.cell !== start.cell || line.quoted !== start.quoted) break;
    if (sharesId(line, id) && isOursByLink(line, index === from)) {
      lastLink = index;
      helped = line.links.some(function help(link) {
        return link.kind === 'help';
      });
    }
    index += 1;
  }
  const upper = upperEnd(lines, from, hints);
  let legal: KnownLines | undefined;
  if (helped) legal = hints;
  const lower = lowerEnd(lines, lastLink, upper.rule, legal);
  const inside = lines.slice(upper.first, lower.last + 1);
  if ((upper.rule && lower.rule) || (helped && lastLink > from)) {
    return { frame: makeFrame(inside, recognise(inside, hints.lines, hints.labels), id, -1, false), last: lower.last };
  }
  const ours = inside.map(function certain(line) {
    return isBareLink(line) || hints.lines.indexOf(said(line)) >= 0;
  });
  return { frame: makeFrame(inside, ours, id, -1, true), last: lower.last };
}

/**
 * Every block of ours, in order. Remains without a frame count only where no framed block is: beside a real block, an
 * address that stands alone is one that the user copied there.
 *
 * @param hints what is ours for certain.
 */
export function findFrames(page: Lines, hints: KnownLines): Frame[] {
  const framed: Frame[] = [];
  const loose: Frame[] = [];
  // A cell that is not ours is looked at once, however many of our addresses it holds.
  const strangers = new Set<number>();
  let index = 0;
  while (index < page.lines.length) {
    const line = at(page.lines, index);
    if (line.links.length > 0) {
      let found: { frame: Frame; last: number } | undefined;
      if (!strangers.has(line.cell)) found = cellFrame(page, index, hints);
      if (found === undefined) strangers.add(line.cell);
      if (found === undefined && isOursByLink(line, true)) found = lineFrame(page, index, hints);
      if (found !== undefined) {
        if (found.frame.loose) loose.push(found.frame);
        else framed.push(found.frame);
        index = Math.max(index, found.last);
      }
    }
    index += 1;
  }
  if (framed.length > 0) return framed;
  return loose;
}
