import { readPage } from './html/page.ts';
import { said } from './lines.ts';
import type { Logo } from './fragment/types.ts';
import { legalPart, logoPart } from './write-html.ts';
import { legalLines, logoLine } from './write-text.ts';

/** What the logo and the legal texts of a template say in a body, line by line, as the engine compares lines: for `Block.former`. */
export function templateLines(logo: Logo | undefined, legal: readonly string[]): { html: string[]; text: string[] } {
  const html = legal.map(legalPart);
  let text: string[] = [];
  for (const fragment of legal) text = text.concat(legalLines(fragment));
  if (logo !== undefined) {
    html.push(logoPart(logo));
    text.push(logoLine(logo));
  }
  function filled(line: string): boolean {
    return line !== '';
  }
  return { html: readPage(html.join('\n'), undefined).lines.map(said), text: text.filter(filled) };
}
