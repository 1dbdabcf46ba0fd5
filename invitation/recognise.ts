import type { Line } from './lines.ts';
import { isRuleText } from './rule-line.ts';
import { said } from './lines.ts';
import { says } from './labels.ts';
import type { Labels } from './labels.ts';
import type { LinkKind } from './types.ts';

/**
 * Which lines inside a frame of ours did we write? A line is ours by its shape, its neighbours and its label. Whatever
 * fits none of them is the user's and is kept: doubt never costs a word.
 */

const CODE = /^[^:\d+]{1,40}: ?\d[\d ]{2,24}( ?#)?$/;
const NUMBER = /^(?:[^:+]{1,60}: ?)?\+\d[\d ()/.-]{5,25}( ?<tel:[^>]*>)?$/;
/** Second language: "Per Telefon: +49 30 23125 400, Zugangscode 482 913 756 #". */
const NUMBER_AND_CODE = /^[^:+]{1,60}: ?\+\d[\d ()/.-]{5,25}( ?<tel:[^>]*>)?(, [^\d:]{1,40} \d[\d ]{2,24} ?#?)?$/;
const HOST_AND_HELP = /^[^:|]{1,40}: [^|]{1,120} \|$/;
/** The same where the help link is not known as ours: its text counts too. */
const HOST_AND_HELP_TEXT = /^[^:|]{1,40}: [^|]{1,120} \| .{1,60}$/;
const HOST = /^[^:]{1,40}: .{1,120}$/;
const LABEL = /^[^:\d]{1,40}:$/;
const HEADING = /^[^:\d+]{1,40}$/;

export function isRule(line: Line | undefined): boolean {
  return line !== undefined && isRuleText(line.text);
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

/** Our address in the clear, by itself. */
function isAddress(line: Line | undefined, kind: LinkKind): boolean {
  return line !== undefined && isBareLink(line) && links(line, kind) && /^[<("']?https?:/i.test(line.text);
}

function isCode(line: Line | undefined): boolean {
  return line !== undefined && CODE.test(line.text);
}

function isNumber(line: Line | undefined): boolean {
  return line !== undefined && (NUMBER.test(line.text) || (line.tel && NUMBER_AND_CODE.test(line.text)));
}

function isHeading(line: Line | undefined): boolean {
  return line !== undefined && line.links.length === 0 && HEADING.test(line.text);
}

function isHostAndHelp(line: Line | undefined): boolean {
  return line !== undefined && (HOST_AND_HELP.test(line.rest) || HOST_AND_HELP_TEXT.test(line.text));
}

function labelOf(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf(':')));
}

/** A link with its label outside it: "Join the conference <https://…>", as clients write it when HTML becomes text. */
function isLabelledLink(line: Line, kind: LinkKind): boolean {
  return links(line, kind) && HEADING.test(line.rest) && /[<(]https?:/i.test(line.text);
}

/** A line that holds one of our addresses and no word of anybody else's. */
export function isOursByLink(line: Line, first: boolean): boolean {
  if (isBareLink(line)) return true;
  if (links(line, 'help')) {
    const asText = /[<(]https?:/i.test(line.text) && HOST_AND_HELP_TEXT.test(line.rest);
    return asText || HOST_AND_HELP.test(line.rest) || isLabelledLink(line, 'help');
  }
  if (links(line, 'dial')) return isLabelledLink(line, 'dial');
  return first && isLabelledLink(line, 'join');
}

/** What a line's neighbours are. Ours have a fixed order; what stands out of order is somebody else's. */
interface Place {
  line: Line;
  before: Line | undefined;
  next: Line | undefined;
  afterNext: Line | undefined;
  /** At the beginning of the frame or below a rule. */
  first: boolean;
  last: boolean;
  /** The client kept telephone links, so a number without one is the user's. */
  telephoneLinks: boolean;
  labels: Labels | undefined;
}

function endsJoining(line: Line | undefined): boolean {
  return isCode(line) || links(line, 'join');
}

/** The title, when its link was rewritten beyond recognition or the block is plain text. */
function isTitle(place: Place): boolean {
  if (!place.first || !isAddress(place.next, 'join')) return false;
  if (place.labels === undefined) return place.line.allLink;
  return says(place.labels.title, place.line.text);
}

/** Passcode below the address, access code below the numbers. */
function isOurCode(place: Place): boolean {
  if (!isCode(place.line)) return false;
  if (place.labels !== undefined) return says(place.labels.code, labelOf(place.line.text));
  // Of two codes in a row one is the user's, and without labels nobody can tell which.
  if (isCode(place.before) || isCode(place.next)) return false;
  return links(place.before, 'join') || isNumber(place.before);
}

/** Numbers follow their heading or one another; a number elsewhere is somebody's own. */
function isOurNumber(place: Place): boolean {
  if (!isNumber(place.line) || (place.telephoneLinks && !place.line.tel)) return false;
  if (isNumber(place.before) || isHeading(place.before)) return true;
  return place.line.tel && NUMBER_AND_CODE.test(place.line.text) && endsJoining(place.before);
}

/** Over the numbers of the first language; the second has no heading. */
function isOurHeading(place: Place): boolean {
  if (!isHeading(place.line) || place.next === undefined || !NUMBER.test(place.next.text)) return false;
  if (place.labels !== undefined) return says(place.labels.heading, place.line.text);
  return endsJoining(place.before);
}

/** Plain text only: a label over an address, "Other countries:" below the code and "Help joining:" below the host. */
function isOurLabel(place: Place): boolean {
  if (!LABEL.test(place.line.text)) return false;
  const dial = isAddress(place.next, 'dial');
  if (!dial && !isAddress(place.next, 'help')) return false;
  if (place.labels !== undefined) return says(place.labels.over, labelOf(place.line.text));
  if (dial) return isCode(place.before) || isNumber(place.before);
  return place.before !== undefined && HOST.test(place.before.text);
}

/** Plain text only: "Host: …" above "Help joining:" and its address. */
function isOurHost(place: Place): boolean {
  if (!HOST.test(place.line.text)) return false;
  if (place.labels !== undefined) return says(place.labels.host, labelOf(place.line.text));
  const overHelp = place.next !== undefined && LABEL.test(place.next.text) && isAddress(place.afterNext, 'help');
  return overHelp && (links(place.before, 'dial') || endsJoining(place.before) || isNumber(place.before));
}

function isHostAtTheEnd(place: Place): boolean {
  if (!place.last || !isHostAndHelp(place.line)) return false;
  return place.labels === undefined || says(place.labels.host, labelOf(place.line.text));
}

/** A link of ours that was rewritten beyond recognition, known by its text. */
function isOurLinkText(place: Place): boolean {
  return place.labels !== undefined && place.line.allLink && says(place.labels.link, place.line.text);
}

function isOurs(place: Place): boolean {
  if (isRule(place.line)) return true;
  if (place.line.links.length > 0) return isOursByLink(place.line, place.first);
  if (isTitle(place) || isOurCode(place) || isOurNumber(place) || isOurHeading(place)) return true;
  return isOurLabel(place) || isOurHost(place) || isHostAtTheEnd(place) || isOurLinkText(place);
}

/**
 * One answer for each line of a frame.
 *
 * @param known lines that are ours for certain, whatever their shape: those of the block that is being written.
 * @param labels the labels of our blocks in every language; without them shapes must do.
 */
export function recognise(lines: readonly Line[], known: readonly string[], labels: Labels | undefined): boolean[] {
  const telephoneLinks = lines.some(function hasLink(line) {
    return line.tel;
  });
  return lines.map(function ours(line, index) {
    if (known.indexOf(said(line)) >= 0) return true;
    const before = lines[index - 1];
    return isOurs({
      line,
      before,
      next: lines[index + 1],
      afterNext: lines[index + 2],
      first: index === 0 || isRule(before),
      last: index >= lines.length - 2,
      telephoneLinks,
      labels,
    });
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
