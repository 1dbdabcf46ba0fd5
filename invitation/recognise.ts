import type { Line } from './lines.ts';
import type { LinkKind } from './types.ts';

/**
 * Which lines inside a frame of ours did we write? Labels come in every language and from older versions, so a line is
 * known by its shape and by its neighbours, not by its words. What fits no shape is the user's and is kept: doubt
 * never costs a word.
 */

const RULE = /^[-_=–—─]{8,}$/;
const CODE = /^[^:\d+]{1,40}: ?\d[\d ]{2,24}( ?#)?$/;
const NUMBER = /^(?:[^:+]{1,60}: ?)?\+\d[\d ()/.-]{5,25}( ?<tel:[^>]*>)?$/;
/** Second language: "Per Telefon: +49 30 23125 400, Zugangscode 482 913 756 #". */
const NUMBER_AND_CODE = /^[^:+]{1,60}: ?\+\d[\d ()/.-]{5,25}( ?<tel:[^>]*>)?(, [^\d:]{1,40} \d[\d ]{2,24} ?#?)?$/;
const HOST_AND_HELP = /^[^:|]{1,40}: [^|]{1,120} \|( .{1,60})?$/;
const HOST = /^[^:]{1,40}: .{1,120}$/;
const LABEL = /^[^:\d]{1,40}:$/;
const HEADING = /^[^:\d+]{1,40}$/;

export function isRule(line: Line | undefined): boolean {
  return line !== undefined && RULE.test(line.text);
}

function links(line: Line | undefined, kind: LinkKind): boolean {
  if (line === undefined) return false;
  return line.links.some(function same(link) {
    return link.kind === kind;
  });
}

/** Our address or our link, and nothing else. */
export function isBareLink(line: Line | undefined): boolean {
  return line !== undefined && line.links.length > 0 && line.rest === '';
}

function isNumber(line: Line | undefined): boolean {
  return line !== undefined && (NUMBER.test(line.text) || (line.tel && NUMBER_AND_CODE.test(line.text)));
}

function isCode(line: Line | undefined): boolean {
  return line !== undefined && CODE.test(line.text);
}

/** Numbers follow their heading or one another; a number elsewhere is somebody's own. */
function isOurNumber(line: Line, before: Line | undefined): boolean {
  if (!isNumber(line) || before === undefined) return false;
  if (isNumber(before) || (before.links.length === 0 && HEADING.test(before.text))) return true;
  return line.tel && NUMBER_AND_CODE.test(line.text) && (isCode(before) || links(before, 'join'));
}

function isHostAndHelp(line: Line | undefined): boolean {
  return line !== undefined && HOST_AND_HELP.test(line.text);
}

/** A link with its label outside it: "Join the conference <https://…>", as clients write it when HTML becomes text. */
function isLabelledLink(line: Line, kind: LinkKind): boolean {
  return links(line, kind) && HEADING.test(line.rest) && /[<(]https?:/i.test(line.text);
}

/** A line that holds one of our addresses and no word of anybody else's. */
export function isOursByLink(line: Line, first: boolean): boolean {
  if (isBareLink(line)) return true;
  if (links(line, 'help')) return HOST_AND_HELP.test(line.rest) || isLabelledLink(line, 'help');
  if (links(line, 'dial')) return isLabelledLink(line, 'dial');
  return first && isLabelledLink(line, 'join');
}

/** A label that stands over an address in plain text: "Other countries:". */
function isLabel(line: Line | undefined, next: Line | undefined): boolean {
  if (line === undefined || !LABEL.test(line.text)) return false;
  return isBareLink(next) && (links(next, 'dial') || links(next, 'help'));
}

function isOurs(lines: readonly Line[], index: number): boolean {
  const line = lines[index] as Line;
  const before = lines[index - 1];
  const next = lines[index + 1];
  const first = index === 0 || (index === 1 && isRule(before));
  if (isRule(line)) return true;
  if (line.links.length > 0) return isOursByLink(line, first);
  // The title, when its link was rewritten beyond recognition or the block is plain text.
  if (first && isBareLink(next) && links(next, 'join') && line.text.indexOf(':') < 0) return true;
  if (isOurNumber(line, before)) return true;
  if (isCode(line)) return links(before, 'join') || isNumber(before);
  if (HEADING.test(line.text) && isNumber(next)) return true;
  if (isLabel(line, next)) return true;
  if (line.allLink) return isCode(before) || isNumber(before);
  if (HOST.test(line.text) && isLabel(next, lines[index + 2]) && links(lines[index + 2], 'help')) return true;
  return isHostAndHelp(line) && index >= lines.length - 2;
}

/**
 * One answer for each line of a frame.
 *
 * @param known lines that are ours for certain, whatever their shape: those of the block that is being written.
 */
export function recognise(lines: readonly Line[], known: readonly string[]): boolean[] {
  return lines.map(function ours(line, index) {
    return known.indexOf(line.text) >= 0 || isOurs(lines, index);
  });
}

/** A whole block has a way in and ends with help; codes and numbers depend on the conference. */
export function isWhole(lines: readonly Line[]): boolean {
  const joins = lines.filter(function toJoin(line) {
    return links(line, 'join');
  });
  const helped = lines.some(function toHelp(line) {
    return links(line, 'help') || isHostAndHelp(line);
  });
  return joins.length > 0 && helped;
}
