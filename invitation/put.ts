import { appendTo, insertionOf, isTooLong, tooLarge } from './append.ts';
import type { PutResult } from './append.ts';
import type { Block } from './block.ts';
import { blockLines, keptWords, knownLines, readBlocks, spanOf } from './blocks.ts';
import type { Hints, ReadBody } from './blocks.ts';
import { applyEdits } from './edits.ts';
import type { Edit } from './edits.ts';
import type { Frame } from './frames.ts';
import { cellSpan, cutLine, keptLine } from './html/cut.ts';
import type { Page } from './html/page.ts';
import { said } from './lines.ts';
import { lineBreakOf } from './line-break.ts';
import { cutTextLine, keptText } from './text/cut.ts';
import type { BlockTexts, BodyFormat } from './types.ts';

/** What a removal left. */
export type RemoveResult =
  | { outcome: 'nothing'; body: string; kept: readonly string[] }
  /** `parts`: the frame was gone, so only our addresses were taken out; some of our words may remain. */
  | { outcome: 'removed' | 'parts'; body: string; kept: readonly string[] };

/** Takes a frame out of an HTML body; the user's own words in it stay, in front of `insert`. */
function cutHtml(page: Page, frame: Frame, insert: string): Edit[] {
  if (frame.cell < 0) {
    const edits: Edit[] = [];
    frame.lines.forEach(function cut(line, index) {
      if (frame.ours[index] === true) edits.push(...cutLine(page, line));
    });
    return edits;
  }
  const kept = frame.lines.filter(function theirs(_line, index) {
    return frame.ours[index] !== true;
  });
  const words = kept.map(function paragraph(line) {
    return keptLine(page, line);
  });
  const span = cellSpan(page, frame);
  if (span.table) return [{ start: span.start, end: span.end, insert: words.join('') + insert }];
  // A cell of a larger table stays, and is not left without content: an empty cell collapses in Word's engine.
  if (words.length === 0) words.push('&nbsp;');
  return [{ start: span.start, end: span.end, insert: words.join('') }];
}

/** Takes a frame out of a plain text body. */
function cutText(body: string, read: ReadBody, frame: Frame, insert: string): Edit[] {
  if (frame.loose) {
    return frame.lines
      .filter(function ours(_line, index) {
        return frame.ours[index] === true;
      })
      .map(function cut(line) {
        return cutTextLine(body, line);
      });
  }
  const span = spanOf(body, read, frame);
  const lineBreak = lineBreakOf(body);
  const kept = keptText(body, frame).map(function onItsOwnLine(line) {
    return lineBreak + line;
  });
  return [{ start: span.start, end: span.end, insert: kept.join('') + insert }];
}

function cut(body: string, read: ReadBody, frame: Frame, insert: string): Edit[] {
  if (read.page !== undefined) return cutHtml(read.page, frame, insert);
  return cutText(body, read, frame, insert);
}

/** True where a new block may take the old one's place: not inside a quoted mail, and not where a table would break the markup. */
function canTakeThePlaceOf(read: ReadBody, frame: Frame): boolean {
  if (frame.quoted || frame.loose) return false;
  if (read.page === undefined) return true;
  return frame.cell >= 0 && cellSpan(read.page, frame).table;
}

function saysTheSame(frame: Frame, expected: readonly string[]): boolean {
  if (frame.lines.length !== expected.length || frame.quoted) return false;
  return frame.lines.every(function same(line, index) {
    return said(line) === expected[index];
  });
}

function allKept(frames: readonly Frame[]): string[] {
  const kept: string[] = [];
  for (const frame of frames) kept.push(...keptWords(frame));
  return kept;
}

/**
 * Puts the block into a body: in place of the block that is there, else at the end. Afterwards exactly one block is in
 * it; everything outside it is byte for byte what came in, and words that the user wrote inside the frame stand before it.
 *
 * @param texts the texts of our blocks in every language, to know the lines of an older block by.
 */
export function putBlock(body: string, format: BodyFormat, block: Block, texts?: readonly BlockTexts[]): PutResult {
  const expected = blockLines(block, format);
  const hints: Hints = { block };
  if (texts !== undefined) hints.texts = texts;
  const read = readBlocks(body, format, block.joinBase, knownLines(hints, format));
  const only = read.frames[0];
  if (read.frames.length === 1 && only !== undefined && canTakeThePlaceOf(read, only) && saysTheSame(only, expected)) {
    return { outcome: 'unchanged', body, kept: [] };
  }
  const insert = insertionOf(body, format, block);
  const target = read.frames.filter(function usable(frame) {
    return canTakeThePlaceOf(read, frame);
  })[0];
  const edits: Edit[] = [];
  for (const frame of read.frames) {
    if (frame === target) edits.push(...cut(body, read, frame, insert));
    else edits.push(...cut(body, read, frame, ''));
  }
  let result = applyEdits(body, edits);
  if (target === undefined) result = appendTo(result, format, insert);
  if (result === body) return { outcome: 'unchanged', body, kept: [] };
  if (isTooLong(result)) return tooLarge(body, result);
  if (read.frames.length === 0) return { outcome: 'inserted', body: result, kept: [] };
  return { outcome: 'replaced', body: result, kept: allKept(read.frames) };
}

/**
 * Takes every block of ours out of a body.
 *
 * @param joinBase `https://HOST/j/`; without it, blocks of every host.
 */
export function removeBlock(body: string, format: BodyFormat, joinBase?: string, hints: Hints = {}): RemoveResult {
  const read = readBlocks(body, format, joinBase, knownLines(hints, format));
  if (read.frames.length === 0) return { outcome: 'nothing', body, kept: [] };
  const edits: Edit[] = [];
  for (const frame of read.frames) edits.push(...cut(body, read, frame, ''));
  const kept = allKept(read.frames);
  const loose = read.frames.some(function bare(frame) {
    return frame.loose;
  });
  if (loose) return { outcome: 'parts', body: applyEdits(body, edits), kept };
  return { outcome: 'removed', body: applyEdits(body, edits), kept };
}
