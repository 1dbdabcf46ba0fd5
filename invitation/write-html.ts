import { groupDigits } from './codes.ts';
import { escapeHtml } from './entities.ts';
import { lintFragment } from './fragment/lint.ts';
import type { Logo } from './fragment/types.ts';
import type { BlockDetails, BlockTexts, DialIn } from './types.ts';

/**
 * The markup of ux.md section 3, to the letter: one table with one cell, so that the block is one thing to find and to
 * remove; no colour of text, link or ground, so that dark mode works; the address in the clear is text and no link, so
 * that link rewriters leave one true copy. The empty paragraph before it keeps other add-ins' text out of the cell.
 */

/** At most so many numbers are shown; the page /dial has the rest. */
export const NUMBERS_SHOWN = 3;

const RULE = 'border-top:1px solid #8A8886';

function paragraph(margin: string, content: string): string {
  return `<p style="margin:${margin}">${content}</p>`;
}

function link(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}

/** One tap dials number and code: two commas are two pauses, %23 is #. */
function telephoneLink(number: DialIn, accessCode: string | undefined): string {
  let address = `tel:${number.e164.replace(/[^+\d]/g, '')}`;
  if (accessCode !== undefined) address += `,,${accessCode.replace(/\D/g, '')}%23`;
  return `<a href="${address}">${escapeHtml(number.display)}</a>`;
}

function boldCode(code: string): string {
  return `<b>${groupDigits(code, '&nbsp;')}</b>`;
}

function phonePart(details: BlockDetails, texts: BlockTexts): string {
  const rows = details.numbers.slice(0, NUMBERS_SHOWN).map(function row(number) {
    return `${escapeHtml(number.country)}: ${telephoneLink(number, details.accessCode)}`;
  });
  let part = `<b>${escapeHtml(texts.byPhone)}</b><br>${rows.join('<br>\n')}`;
  if (details.accessCode !== undefined) part += `<br>${escapeHtml(texts.accessCode)}: ${boldCode(details.accessCode)} #`;
  if (details.moreNumbers) part += `<br>${link(`${details.joinUrl}/dial`, texts.otherNumbers)}`;
  return paragraph('0 0 10px 0', part);
}

function joinPart(details: BlockDetails, texts: BlockTexts): string[] {
  let address = escapeHtml(details.joinUrl);
  if (details.passcode !== undefined) address += `<br>${escapeHtml(texts.passcode)}: <b>${escapeHtml(details.passcode)}</b>`;
  const title = `<a href="${escapeHtml(details.joinUrl)}" style="font-size:14pt"><b>${escapeHtml(texts.join)}</b></a>`;
  // The one line without a gap in it: on a phone it breaks, where else it would push the whole block out of the screen. Word's engine breaks addresses by itself.
  return [paragraph('0 0 2px 0', title), paragraph('0 0 10px 0;word-break:break-word', address)];
}

/** A second language says the same in less space, below a rule of its own; host and help are said once for both. */
function secondPart(details: BlockDetails, texts: BlockTexts): string {
  const rows = [`<a href="${escapeHtml(details.joinUrl)}"><b>${escapeHtml(texts.join)}</b></a>`];
  if (details.passcode !== undefined) rows.push(`${escapeHtml(texts.passcode)}: <b>${escapeHtml(details.passcode)}</b>`);
  const number = details.numbers[0];
  if (number !== undefined) {
    let row = `${escapeHtml(texts.byPhone)}: ${telephoneLink(number, details.accessCode)}`;
    if (details.accessCode !== undefined) row += `, ${escapeHtml(texts.accessCode)} ${boldCode(details.accessCode)} #`;
    rows.push(row);
  }
  return `<p style="margin:0 0 10px 0;${RULE};padding:10px 0 0 0">${rows.join('<br>\n')}</p>`;
}

/** The word in each language, each once. */
function inAll(words: readonly string[]): string {
  return words
    .filter(function first(word, index) {
      return words.indexOf(word) === index;
    })
    .join(' / ');
}

/** Word's engine takes a picture's size from its attributes, and shows its words where pictures are off. */
export function logoPart({ text, imageUrl, width, height }: Logo): string {
  if (imageUrl === '') return paragraph('0 0 10px 0', escapeHtml(text));
  return paragraph('0 0 10px 0', `<img src="${escapeHtml(imageUrl)}" alt="${escapeHtml(text)}" width="${width}" height="${height}" border="0">`);
}

export function legalPart(fragment: string): string {
  let content = fragment;
  if (lintFragment(fragment).length > 0) content = escapeHtml(fragment);
  return `<p style="margin:10px 0 0 0;font-size:9pt">${content}</p>`;
}

function lastPart(details: BlockDetails, texts: BlockTexts, others: readonly BlockTexts[]): string {
  const every = [texts].concat(others);
  const help = link(`${details.joinUrl}/help`, inAll(every.map((text) => text.help)));
  if (details.host === undefined) return paragraph('0', help);
  return paragraph('0', `${escapeHtml(inAll(every.map((text) => text.host)))}: ${escapeHtml(details.host)} &nbsp;|&nbsp; ${help}`);
}

/** The block in HTML, its leading empty paragraph included. */
export function writeHtml(details: BlockDetails, texts: BlockTexts, others: readonly BlockTexts[] = []): string {
  const rows: string[] = [];
  if (details.logo !== undefined) rows.push(logoPart(details.logo));
  rows.push(...joinPart(details, texts));
  if (details.numbers.length > 0) rows.push(phonePart(details, texts));
  for (const other of others) rows.push(secondPart(details, other));
  rows.push(lastPart(details, texts, others));
  if (details.legal !== undefined) rows.push(...details.legal.map(legalPart));
  return (
    '<p>&nbsp;</p>\n' +
    '<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" style="max-width:560px;border-collapse:collapse"><tr>\n' +
    `<td style="${RULE};border-bottom:1px solid #8A8886;padding:10px 0 10px 0">\n` +
    `${rows.join('\n')}</td></tr></table>`
  );
}
