import type { BodyFormat } from '../../invitation/index.ts';
import { pick, randomNumbers } from './random.ts';

/** A body as Outlook hands it over. */
export interface InviteBody {
  format: BodyFormat;
  content: string;
}

const words = ['agenda', 'budget', 'Lagerhaltung', 'review &amp; plan', 'quarter', 'naïve', 'delivery', '42,50&nbsp;€', 'see', 'Übergabe', 'draft', 'tomorrow'] as const;

/**
 * Bodies of the kinds that organizers send, the same ones on every machine: short text, Word's HTML with conditional comments and class names,
 * quoted mails below a reply, nested tables of newsletters, signatures, plain text. From about 1 KB to about 200 KB of characters.
 */
export function inviteBodies(count: number): InviteBody[] {
  const random = randomNumbers(20261121);
  const kinds = [shortHtml, wordHtml, quotedHtml, tableHtml, plainText] as const;
  return Array.from({ length: count }, (_, index) => {
    const paragraphs = 3 + Math.floor(random() ** 3 * 900);
    const make = kinds[index % kinds.length] ?? shortHtml;
    return { format: make === plainText ? 'text' : 'html', content: make(random, paragraphs) };
  });
}

function sentence(random: () => number): string {
  return Array.from({ length: 6 + Math.floor(random() * 20) }, () => pick(random, words)).join(' ');
}

function repeat(count: number, make: () => string): string {
  return Array.from({ length: count }, make).join('');
}

function shortHtml(random: () => number, paragraphs: number): string {
  return `<html><head></head><body><div>${repeat(Math.ceil(paragraphs / 20), () => `<p>${sentence(random)}</p>`)}</div></body></html>`;
}

function wordHtml(random: () => number, paragraphs: number): string {
  const style = '<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} @page WordSection1 {size:612.0pt 792.0pt;} --></style>';
  const paragraph = (): string => `<p class="MsoNormal"><span lang="DE" style="mso-fareast-language:EN-US">${sentence(random)}<o:p></o:p></span></p>\r\n`;
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->${style}</head><body lang="DE" link="#0563C1"><div class="WordSection1">${repeat(paragraphs, paragraph)}</div></body></html>`;
}

function quotedHtml(random: () => number, paragraphs: number): string {
  const levels = 1 + Math.floor(random() * 5);
  const quote = (): string => `<blockquote style="border-left:1px solid #ccc"><hr><b>From:</b> Jonas &lt;jonas@example.com&gt;<br>${repeat(Math.ceil(paragraphs / levels), () => `<div>${sentence(random)}<br></div>`)}`;
  return `<html><body><div dir="ltr">${sentence(random)}</div>${repeat(levels, quote)}${'</blockquote>'.repeat(levels)}</body></html>`;
}

function tableHtml(random: () => number, paragraphs: number): string {
  const row = (): string => `<tr><td style="padding:4px" width="50%"><a href="https://news.example.com/r?u=${Math.floor(random() * 1e9)}&amp;x=1">${sentence(random)}</a></td><td><table><tr><td>${sentence(random)}</td></tr></table></td></tr>`;
  return `<html><body><table width="600" cellpadding="0">${repeat(Math.ceil(paragraphs / 2), row)}</table><div id="Signature"><p>Anna Berger<br>+49 30 23125 400</p></div></body></html>`;
}

function plainText(random: () => number, paragraphs: number): string {
  return repeat(paragraphs, () => `${sentence(random)}\r\n\r\n`);
}
