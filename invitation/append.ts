import type { Block } from './block.ts';
import { endOfContent } from './html/end.ts';
import { lineBreakOf } from './line-break.ts';
import { BODY_LIMIT } from './types.ts';
import type { BodyFormat } from './types.ts';

/** What became of a body. `body` is what Outlook shall be given; where nothing changes it is what Outlook gave. */
export type PutResult =
  | { outcome: 'inserted' | 'replaced' | 'unchanged'; body: string; kept: readonly string[] }
  /** Outlook would refuse it: nothing was changed. `over` is the number of characters too many. */
  | { outcome: 'too-large'; body: string; over: number };

/** What stands in a body for a block: in plain text set off by an empty line, with the line breaks of the body. */
export function insertionOf(body: string, format: BodyFormat, block: Block): string {
  if (format === 'html') return block.html;
  const lineBreak = lineBreakOf(body);
  return lineBreak + lineBreak + block.text.split('\n').join(lineBreak);
}

/** Puts text behind everything that is shown. */
export function appendTo(body: string, format: BodyFormat, insert: string): string {
  if (format === 'text') return body + insert;
  const end = endOfContent(body);
  return body.slice(0, end) + insert + body.slice(end);
}

export function isTooLong(body: string): boolean {
  return body.length > BODY_LIMIT;
}

export function tooLarge(body: string, wanted: string): PutResult {
  return { outcome: 'too-large', body, over: wanted.length - BODY_LIMIT };
}

/**
 * Puts the block at the end of a body that holds no address of ours (`findLinks` found none). What `putBlock` does in
 * that case, without the engine that knows old blocks: the ribbon button is read anew at every press.
 */
export function appendBlock(body: string, format: BodyFormat, block: Block): PutResult {
  const result = appendTo(body, format, insertionOf(body, format, block));
  if (isTooLong(result)) return tooLarge(body, result);
  return { outcome: 'inserted', body: result, kept: [] };
}
