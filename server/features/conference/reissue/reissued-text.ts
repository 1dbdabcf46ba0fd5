import type { ReissueReason } from '../../../../contract/conference/reissue.ts';
import { findBlocks, putBlock, type Block, type BlockTexts, type BodyFormat } from '../../../../invitation/index.ts';
import { blockLines } from '../../../../invitation/blocks.ts';
import type { EventTexts } from '../../../ports/calendar-source.ts';

/**
 * What a reissue makes of one invite. Pure. Stricter than what a button does: nobody looks at the result, so that an invite in which anything but our own whole block
 * would change is left alone, and is the organizer's to mend in the pane.
 */
export type Reissued =
  | { kind: 'write'; body: string; format: BodyFormat; before: string; after: string }
  | { kind: 'same' }
  | { kind: 'left'; reason: ReissueReason };

/** One block as it stood in an invite, and as we wrote it: all that undo needs, with no word of the organizer's in it. */
export interface WrittenBlock {
  format: BodyFormat;
  before: string;
  after: string;
}

/** The block of conference `id` gives way to `block`. */
export function reissuedText({ body }: EventTexts, id: string, block: Block, texts: readonly BlockTexts[]): Reissued {
  if (body === null) return { kind: 'left', reason: 'body' };
  const { content, format } = body;
  const found = ownBlock(content, format, id, block, texts);
  if ('reason' in found) return { kind: 'left', reason: found.reason };
  const put = putBlock(content, format, block, texts);
  if (put.outcome === 'too-large') return { kind: 'left', reason: 'too-large' };
  if (put.outcome === 'unchanged') return { kind: 'same' };
  const again = ownBlock(put.body, format, id, block, texts);
  // Cannot be by what the engine promises; and if it were, there would be no way back.
  if ('reason' in again) return { kind: 'left', reason: again.reason };
  return { kind: 'write', body: put.body, format, before: content.slice(found.start, found.end), after: put.body.slice(again.start, again.end) };
}

/** The block that we wrote gives way to the one that stood there before; what was changed around it since stays. */
export function restoredText({ body }: EventTexts, id: string, { format, before, after }: WrittenBlock, joinBase: string, texts: readonly BlockTexts[]): Reissued {
  if (body === null || body.format !== format) return { kind: 'left', reason: 'body' };
  if (says(body.content, format, before, joinBase, texts)) return { kind: 'same' };
  if (!says(body.content, format, after, joinBase, texts)) return { kind: 'left', reason: 'changed-since' };
  const found = ownBlock(body.content, format, id, asBlock(after, joinBase), texts);
  if ('reason' in found) return { kind: 'left', reason: found.reason };
  return { kind: 'write', format, before, after, body: body.content.slice(0, found.start) + before + body.content.slice(found.end) };
}

/** Compared by what people read: calendars write HTML in ways of their own. */
function says(body: string, format: BodyFormat, block: string, joinBase: string, texts: readonly BlockTexts[]): boolean {
  return putBlock(body, format, asBlock(block, joinBase), texts).outcome === 'unchanged';
}

function asBlock(content: string, joinBase: string): Block {
  return { html: content, text: content, joinBase };
}

/** The one whole block in a body, when it is this conference's and nobody wrote into it. */
function ownBlock(body: string, format: BodyFormat, id: string, block: Block, texts: readonly BlockTexts[]): { start: number; end: number } | { reason: ReissueReason } {
  // Its lines are known to be ours; an older block need not have all of them, and is not damaged for that.
  const former = { html: [...(block.former?.html ?? []), ...blockLines(block, 'html')], text: [...(block.former?.text ?? []), ...blockLines(block, 'text')] };
  const [first, ...more] = findBlocks(body, format, block.joinBase, { texts, block: { html: '', text: '', joinBase: block.joinBase, former } });
  if (!first) return { reason: 'no-block' };
  if (more.length > 0 || first.id !== id) return { reason: 'several-blocks' };
  if (first.quoted || first.damaged) return { reason: 'damaged' };
  if (first.kept.length > 0) return { reason: 'own-words' };
  return { start: first.start, end: first.end };
}
