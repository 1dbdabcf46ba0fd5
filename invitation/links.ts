import type { ConferenceLink, LinkKind } from './types.ts';

/**
 * The engine's syntax stays within ES2015 and without the conditional operator in this whole room: classic Outlook for
 * Windows before version 2403 runs the send handler in an engine that stumbles over both (reference/office-addin.md section 2.2).
 */

/** A conference id: 128 random bits as 26 lower-case base32 characters (design.md section 5). */
const ID = '[a-z2-7]{26}';

/**
 * One slash as link rewriters write it: plain, percent-encoded once or more (Safe Links, Barracuda), `_` and `-2F`
 * (Proofpoint v2, where `-` stands for `%`), or as a character reference.
 */
const SLASH = '(?:/|%(?:25)*2F|_|-2F|&#47;|&#x2F;)';
const COLON = '(?::|%(?:25)*3A|-3A|&#58;|&#x3A;)';
const DASH = '(?:-2D|%(?:25)*2D|-)';
const DOT = '(?:\\.|%(?:25)*2E)';

/** Before a host name: anything that cannot belong to a longer host name. */
const HOST_STARTS = `(?:^|[^a-z0-9.%-]|%(?:25)*2F|-2F)`;

function anyEncodingOf(address: string): string {
  let pattern = '';
  for (const character of address) {
    if (character === '/') pattern += SLASH;
    else if (character === ':') pattern += COLON;
    else if (character === '-') pattern += DASH;
    else if (character === '.') pattern += DOT;
    else pattern += character.replace(/[\\^$*+?()[\]{}|]/g, '\\$&');
  }
  return pattern;
}

function placePattern(joinBase: string | undefined): string {
  if (joinBase === undefined) return `${SLASH}j${SLASH}`;
  const withoutScheme = joinBase.replace(/^[a-z]+:\/\//i, '').replace(/\/*$/, '/');
  return HOST_STARTS + anyEncodingOf(withoutScheme);
}

const patterns = new Map<string, RegExp>();

function patternFor(joinBase: string | undefined): RegExp {
  const key = String(joinBase);
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const made = new RegExp(
    `${placePattern(joinBase)}(${ID})(?![a-z0-9])(?:${SLASH}(dial|help)(?![a-z]))?`,
    'gi',
  );
  patterns.set(key, made);
  return made;
}

function kindOf(word: string | undefined): LinkKind {
  if (word === undefined) return 'join';
  if (word.toLowerCase() === 'dial') return 'dial';
  return 'help';
}

/**
 * Every address of a conference in `text`, in order.
 *
 * @param joinBase `https://HOST/j/`; without it every host counts (the send handler, which compares ids only).
 */
export function findLinks(text: string, joinBase?: string): ConferenceLink[] {
  const pattern = patternFor(joinBase);
  pattern.lastIndex = 0;
  const links: ConferenceLink[] = [];
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    const id = String(hit[1]).toLowerCase();
    links.push({ id, kind: kindOf(hit[2]), start: hit.index, end: hit.index + hit[0].length });
  }
  return links;
}

/** True when a text may hold one of our addresses at all; spares reading a body line by line. */
export function mayHoldLinks(body: string, joinBase: string | undefined): boolean {
  return findLinks(body, joinBase).length > 0 || /\/j\/[a-z2-7]{1,25}=?[\r\n]/.test(body);
}

/**
 * The ids of all conferences that a body or a location mentions, each once, in order of appearance. This is all that
 * the send handler needs, and it asks for no format: an id is an id in HTML and in plain text.
 */
export function findConferenceIds(text: string, joinBase?: string): string[] {
  const ids: string[] = [];
  for (const link of findLinks(text, joinBase)) {
    if (ids.indexOf(link.id) < 0) ids.push(link.id);
  }
  return ids;
}
