import type { BlockDetails, BlockTexts, BodyFormat } from './types.ts';
import { writeHtml } from './write-html.ts';
import { writeText } from './write-text.ts';

/** A block in both formats, and where its addresses live: `joinBase` is `https://HOST/j/`. */
export interface Block {
  html: string;
  text: string;
  joinBase: string;
}

/**
 * The block in one format.
 *
 * @param second texts of a second language, shown shorter below the first.
 */
export function writeBlock(details: BlockDetails, texts: BlockTexts, format: BodyFormat, second?: BlockTexts): string {
  if (format === 'html') return writeHtml(details, texts, second);
  return writeText(details, texts, second);
}

/** The block in both formats. */
export function makeBlock(details: BlockDetails, texts: BlockTexts, second?: BlockTexts): Block {
  return {
    html: writeHtml(details, texts, second),
    text: writeText(details, texts, second),
    joinBase: details.joinUrl.replace(/[^/]*$/, ''),
  };
}
