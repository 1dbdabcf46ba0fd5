import { groupDigits } from './codes.ts';
import { plainLine } from './entities.ts';
import { lintFragment } from './fragment/lint.ts';
import type { Logo } from './fragment/types.ts';
import { textLines } from './fragment/text.ts';
import type { BlockDetails, BlockTexts } from './types.ts';
import { NUMBERS_SHOWN } from './write-html.ts';

/** The rule above and below the block in plain text: 40 hyphens. */
export const TEXT_RULE = '----------------------------------------';

/** Mail programs wrap plain text at this width (ux.md section 3). */
const WIDTH = 72;

/** One line within the width; a name that is longer is shortened, since a wrapped line would not be known again. */
function fit(line: string): string {
  if (line.length <= WIDTH) return line;
  return `${line.slice(0, WIDTH - 1)}…`;
}

function labelled(label: string, value: string): string {
  return fit(`${plainLine(label)}: ${plainLine(value)}`);
}

function phoneLines(details: BlockDetails, texts: BlockTexts): string[] {
  const lines = ['', fit(texts.byPhone)];
  for (const number of details.numbers.slice(0, NUMBERS_SHOWN)) lines.push(labelled(number.country, number.display));
  if (details.accessCode !== undefined) lines.push(`${texts.accessCode}: ${groupDigits(details.accessCode, ' ')} #`);
  if (details.moreNumbers) lines.push(`${texts.otherCountries}:`, `${details.joinUrl}/dial`);
  return lines;
}

function joinLines(details: BlockDetails, texts: BlockTexts): string[] {
  const lines = [fit(texts.join), details.joinUrl];
  if (details.passcode !== undefined) lines.push(labelled(texts.passcode, details.passcode));
  return lines;
}

/** A second language stands below a rule of its own; host and help are said once, in the first. */
function secondLines(details: BlockDetails, texts: BlockTexts): string[] {
  const lines = ['', TEXT_RULE].concat(joinLines(details, texts));
  const first = details.numbers[0];
  if (first === undefined) return lines;
  // Without its country, whose name is known in the first language only.
  lines.push(texts.byPhone, plainLine(first.display));
  if (details.accessCode !== undefined) lines.push(`${texts.accessCode}: ${groupDigits(details.accessCode, ' ')} #`);
  return lines;
}

/** Words wrapped at the width; legal text is the only part that may be long. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plainLine(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = `${line} ${word}`.trim();
  }
  lines.push(line);
  return lines;
}

/** A logo in words. */
export function logoLine(logo: Logo): string {
  return fit(plainLine(logo.text));
}

/** One language after the other, an address alone on its line however long it is. */
export function legalLines(fragment: string): string[] {
  let lines = [fragment];
  if (lintFragment(fragment).length === 0) lines = textLines(fragment);
  let wrapped = [''];
  for (const line of lines) wrapped = wrapped.concat(wrap(line));
  return wrapped;
}

/** The block in plain text, from rule to rule, with `\n` and without blank lines around it. */
export function writeText(details: BlockDetails, texts: BlockTexts, others: readonly BlockTexts[] = []): string {
  let lines = [TEXT_RULE];
  if (details.logo !== undefined) lines.push(logoLine(details.logo));
  lines = lines.concat(joinLines(details, texts));
  if (details.numbers.length > 0) lines = lines.concat(phoneLines(details, texts));
  for (const other of others) lines = lines.concat(secondLines(details, other));
  lines.push('');
  if (details.host !== undefined) lines.push(labelled(texts.host, details.host));
  lines.push(`${texts.help}:`, `${details.joinUrl}/help`);
  if (details.legal !== undefined) for (const fragment of details.legal) lines = lines.concat(legalLines(fragment));
  lines.push(TEXT_RULE);
  return lines.join('\n');
}
