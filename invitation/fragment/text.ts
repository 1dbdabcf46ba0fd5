import { decodeEntities } from '../entities.ts';
import { tokenize } from '../html/tokens.ts';
import { collapse } from '../lines.ts';
import { attributesOf } from './attributes.ts';

/** The address that a link leads to, as it is written on a line of its own; none where the words say it already. */
function addressOf(tag: string): string {
  for (const attribute of attributesOf(tag)) if (attribute.name === 'href') return attribute.value.replace(/^(?:mailto|tel):/i, '');
  return '';
}

/**
 * A fragment in plain text: its lines without markup, and below each line the addresses of the links in it, each alone
 * on its line so that it stays one to click.
 */
export function textLines(html: string): string[] {
  const lines: string[] = [];
  let line = '';
  let addresses: string[] = [];
  function finish(): void {
    const words = collapse(line);
    if (words !== '') lines.push(words);
    for (const address of addresses) if (words.indexOf(address) < 0) lines.push(address);
    line = '';
    addresses = [];
  }
  for (const token of tokenize(html)) {
    const source = html.slice(token.start, token.end);
    if (token.kind === 'text') line += decodeEntities(source);
    if (token.name === 'br') finish();
    if (token.name !== 'a' || token.kind !== 'open') continue;
    const address = addressOf(source);
    if (address !== '') addresses.push(address);
  }
  finish();
  return lines;
}
