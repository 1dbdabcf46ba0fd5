import { at } from './at.ts';
import type { Block } from './block.ts';
import { findFrames } from './frames.ts';
import type { Frame, KnownLines, Lines } from './frames.ts';
import { cellSpan } from './html/cut.ts';
import { readPage } from './html/page.ts';
import type { Page } from './html/page.ts';
import { labelsOf } from './labels.ts';
import { said } from './lines.ts';
import { mayHoldLinks } from './links.ts';
import { readText } from './text/page.ts';
import { textSpan } from './text/cut.ts';
import type { BlockTexts, BodyFormat, FoundBlock } from './types.ts';

/** A body as the engine reads it: its lines, and the tags when it is HTML. */
export interface ReadBody {
  lines: Lines;
  page: Page | undefined;
  frames: Frame[];
}

const NOTHING: Lines = { lines: [], tables: [], cells: [] };

function readBody(body: string, format: BodyFormat, joinBase: string | undefined): { lines: Lines; page: Page | undefined } {
  if (format === 'text') return { lines: { lines: readText(body, joinBase), tables: [], cells: [] }, page: undefined };
  const page = readPage(body, joinBase);
  return { lines: page, page };
}

/** Reads a body and finds the blocks in it; a body without any address of ours is not taken apart. */
export function readBlocks(body: string, format: BodyFormat, joinBase: string | undefined, hints: KnownLines): ReadBody {
  if (!mayHoldLinks(body, joinBase)) return { lines: NOTHING, page: undefined, frames: [] };
  const read = readBody(body, format, joinBase);
  return { lines: read.lines, page: read.page, frames: findFrames(read.lines, hints) };
}

/** What a caller knows about the blocks to be found. */
export interface Hints {
  /** What the block says, or should say: its lines are ours even where their frame is gone. */
  block?: Block;
  /** The texts of our blocks in every language and of earlier versions: with them, no line of the user's can be taken for ours by its shape. */
  texts?: readonly BlockTexts[];
}

/** The visible lines of a block in one format, to compare and to recognise by. */
export function blockLines(block: Block | undefined, format: BodyFormat): string[] {
  if (block === undefined) return [];
  return readBody(block[format], format, block.joinBase).lines.lines.map(said);
}

/** Lines of templates that were replaced since: ours, though the block does not say them any more. */
function formerLines(block: Block | undefined, format: BodyFormat): string[] {
  if (block === undefined || block.former === undefined) return [];
  return block.former[format].slice();
}

/** What is ours for certain, according to a caller. */
export function knownLines(hints: Hints, format: BodyFormat): KnownLines {
  const lines = blockLines(hints.block, format).concat(formerLines(hints.block, format));
  if (hints.texts === undefined) return { lines, labels: undefined };
  const labels = labelsOf(hints.texts);
  return { lines: lines.concat(labels.title), labels };
}

/** The place of a frame in the source. */
export function spanOf(body: string, read: ReadBody, frame: Frame): { start: number; end: number } {
  if (read.page !== undefined && frame.cell >= 0) return cellSpan(read.page, frame);
  if (read.page === undefined && !frame.loose) return textSpan(body, frame);
  const first = at(frame.lines, 0);
  const last = at(frame.lines, frame.lines.length - 1);
  return { start: first.start, end: last.end };
}

/** Texts of the lines in a frame that are not ours. */
export function keptWords(frame: Frame): string[] {
  return frame.lines
    .filter(function theirs(line, index) {
      return frame.ours[index] !== true && !(frame.loose && line.links.length === 0);
    })
    .map(function text(line) {
      return line.text;
    });
}

function lacksLines(frame: Frame, expected: readonly string[]): boolean {
  const ours = frame.ours.filter(Boolean).length;
  return expected.length > 0 && ours < expected.length;
}

/**
 * Every block of ours in a body, in order.
 *
 * @param joinBase `https://HOST/j/`; without it, blocks of every host.
 * @param hints with `hints.block`, a block that lacks one of its lines counts as damaged.
 */
export function findBlocks(body: string, format: BodyFormat, joinBase?: string, hints: Hints = {}): FoundBlock[] {
  const expected = blockLines(hints.block, format);
  const read = readBlocks(body, format, joinBase, knownLines(hints, format));
  return read.frames.map(function found(frame) {
    const span = spanOf(body, read, frame);
    return {
      id: frame.id,
      start: span.start,
      end: span.end,
      damaged: !frame.whole || lacksLines(frame, expected),
      quoted: frame.quoted,
      kept: keptWords(frame),
    };
  });
}
