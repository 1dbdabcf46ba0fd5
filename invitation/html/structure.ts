import { at } from '../at.ts';
import type { Token } from './tokens.ts';

/** A table, with the number of cells that are its own and not of a table inside it. */
export interface Table {
  start: number;
  /** -1 while its end tag has not been seen; such a table frames nothing. */
  end: number;
  cells: number;
}

/** A table cell; lines of tables inside it belong to it too. */
export interface Cell {
  /** Index of its table. */
  table: number;
  /** The cell around its table; -1 for none. */
  outer: number;
  /** Offsets of what is between its tags; end is -1 while open. */
  start: number;
  end: number;
}

/** Keeps track of tables, cells and quotes while the tags go by. */
export interface Structure {
  tables: Table[];
  cells: Cell[];
  /** Index of the innermost open cell; -1 for none. */
  cell: number;
  openTables: number[];
  quoteDepth: number;
  /** The mail that is answered or forwarded has begun; Outlook marks it with this id. */
  belowReplyMark: boolean;
}

export function createStructure(): Structure {
  return { tables: [], cells: [], cell: -1, openTables: [], quoteDepth: 0, belowReplyMark: false };
}

function isCell(name: string): boolean {
  return name === 'td' || name === 'th';
}

/** Cells of one table never contain one another: a new cell or row ends the cell before it, as browsers do. */
function closeCellsOf(structure: Structure, table: number, at: number): void {
  let open = structure.cells[structure.cell];
  while (open !== undefined && open.table === table) {
    open.end = at;
    structure.cell = open.outer;
    open = structure.cells[structure.cell];
  }
}

export function openTag(structure: Structure, token: Token, tag: string): void {
  if (token.name === 'blockquote') structure.quoteDepth += 1;
  if (token.name === 'div' && tag.indexOf('divRplyFwdMsg') >= 0) structure.belowReplyMark = true;
  if (token.name === 'table') {
    structure.tables.push({ start: token.start, end: -1, cells: 0 });
    structure.openTables.push(structure.tables.length - 1);
    return;
  }
  const table = structure.openTables[structure.openTables.length - 1];
  if (table === undefined) return;
  if (token.name === 'tr' || isCell(token.name)) closeCellsOf(structure, table, token.start);
  if (!isCell(token.name)) return;
  at(structure.tables, table).cells += 1;
  structure.cells.push({ table, outer: structure.cell, start: token.end, end: -1 });
  structure.cell = structure.cells.length - 1;
}

export function closeTag(structure: Structure, token: Token): void {
  if (token.name === 'blockquote' && structure.quoteDepth > 0) structure.quoteDepth -= 1;
  const table = structure.openTables[structure.openTables.length - 1];
  if (table === undefined) return;
  if (token.name === 'tr' || isCell(token.name)) closeCellsOf(structure, table, token.start);
  if (token.name !== 'table') return;
  closeCellsOf(structure, table, token.start);
  at(structure.tables, table).end = token.end;
  structure.openTables.pop();
}
