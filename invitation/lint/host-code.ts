import { collapse } from '../lines.ts';
import { markOf } from './mark.ts';
import { ownText } from './own-text.ts';
import type { LintedConference } from './types.ts';

/** Digits as people write codes: groups with one space, dot or hyphen between them; a plus sign before them makes them a telephone number. */
const DIGITS = /\+?\d+(?:[ .-]\d+)*/g;

/** What a reader sees of a body, with the numbers that telephone links would dial. */
function shown(body: string): string {
  const withNumbers = ownText(body).replace(/\shref\s*=\s*["']?tel:([^"'\s>]*)/gi, '> $1 <');
  return collapse(withNumbers.replace(/<[^<>]*>|&(?:nbsp|#160|#xa0);/gi, ' '));
}

/** Neighbouring groups that together have so many digits; a code may follow a telephone number, but does not begin with its plus. */
function codesOf(groups: readonly string[], length: number): string[] {
  const found: string[] = [];
  groups.forEach(function begin(group, from) {
    if (group.charAt(0) === '+') return;
    let code = '';
    for (let index = from; index < groups.length && code.length < length; index += 1) code += String(groups[index]);
    if (code.length === length) found.push(code);
  });
  return found;
}

/** True when the host's own code can be read in the invite: everybody who dials it comes in as the host. */
export function showsHostCode(body: string, location: string, conference: LintedConference): boolean {
  const { length, mark } = conference.hostCode;
  const runs = `${shown(body)} | ${location}`.match(DIGITS);
  if (runs === null || length === 0) return false;
  return runs.some(function hasCode(run) {
    return codesOf(run.split(/[ .-]/), length).some(function isHosts(code) {
      return code !== conference.accessCode && markOf(code).mark === mark;
    });
  });
}
