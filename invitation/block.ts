import type { BlockDetails, BlockTexts, BodyFormat } from './types.ts';
import { writeHtml } from './write-html.ts';
import { writeText } from './write-text.ts';

/** A block in both formats, and where its addresses live: `joinBase` is `https://HOST/j/`. */
export interface Block {
  html: string;
  text: string;
  joinBase: string;
  /** What an organisation's earlier logos and legal texts say, line by line: so that they are taken out with the old block, and not kept as somebody's words. */
  former?: { readonly html: readonly string[]; readonly text: readonly string[] };
}

/**
 * The block in one format.
 *
 * @param others texts of further languages, shown shorter below the first.
 */
export function writeBlock(details: BlockDetails, texts: BlockTexts, format: BodyFormat, ...others: BlockTexts[]): string {
  if (format === 'html') return writeHtml(details, texts, others);
  return writeText(details, texts, others);
}

/** The block in both formats. */
export function makeBlock(details: BlockDetails, texts: BlockTexts, ...others: BlockTexts[]): Block {
  return {
    html: writeHtml(details, texts, others),
    text: writeText(details, texts, others),
    joinBase: details.joinUrl.replace(/[^/]*$/, ''),
  };
}
