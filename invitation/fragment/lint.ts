import { isRuleText } from '../rule-line.ts';
import { isVoid, tokenize } from '../html/tokens.ts';
import type { Token } from '../html/tokens.ts';
import { findLinks } from '../links.ts';
import { attributesOf, stylesOf } from './attributes.ts';
import type { Attribute } from './attributes.ts';
import { COLOURS, DROPPED, HIGHEST_PICTURE, INLINE, KEPT_ATTRIBUTES, KEPT_EVERYWHERE, KEPT_STYLES, LARGEST, LONGEST, SMALLEST, WIDEST_PICTURE } from './dropped.ts';
import { textLines } from './text.ts';
import type { FragmentCode, FragmentFinding, Logo } from './types.ts';

function within(list: string, name: string): boolean {
  return list.indexOf(` ${name} `) >= 0;
}

function sizeInPoints(value: string): number {
  const size = /^([\d.]+)(pt|px)$/.exec(value);
  if (size === null) return NaN;
  if (size[2] === 'px') return Number(size[1]) * 0.75;
  return Number(size[1]);
}

function styleCode({ name, value }: Attribute): FragmentCode | undefined {
  if (within(COLOURS, name)) return 'colour';
  if (!within(KEPT_STYLES, name)) return 'style-dropped';
  if (/url\s*\(|expression|@import/.test(value)) return 'script';
  if (name !== 'font-size') return undefined;
  const points = sizeInPoints(value);
  if (isNaN(points)) return 'style-dropped';
  if (points < SMALLEST) return 'too-small';
  if (points > LARGEST) return 'too-large';
  return undefined;
}

/** Control characters and white space hide a scheme from the eye, not from a browser. */
function plainAddress(value: string): string {
  return value.replace(/\s/g, '').toLowerCase();
}

function linkCode(value: string): FragmentCode | undefined {
  if (findLinks(value).length > 0) return 'link-of-ours';
  if (!/^(?:https:\/\/[a-z0-9[]|mailto:|tel:)/.test(plainAddress(value))) return 'link-not-https';
  return undefined;
}

function attributeCode(element: string, { name, value }: Attribute): FragmentCode | undefined {
  if (name.indexOf('on') === 0 || /^\s*javascript:/i.test(value)) return 'script';
  if (name === 'class' || name === 'id') return 'name-dropped';
  if (name === 'bgcolor' || name === 'background') return 'colour';
  let kept = KEPT_EVERYWHERE;
  const more = KEPT_ATTRIBUTES[element];
  if (more !== undefined) kept = more;
  if (!within(kept, name)) return 'attribute-dropped';
  if (name === 'href') return linkCode(value);
  return undefined;
}

function elementCode(name: string): FragmentCode | undefined {
  if (within(DROPPED, name)) return 'element-dropped';
  if (name === 'font') return 'colour';
  if (!within(INLINE, name)) return 'element-not-here';
  return undefined;
}

function lintTag(html: string, token: Token, add: (code: FragmentCode, what: string) => void): void {
  const wrong = elementCode(token.name);
  if (wrong !== undefined) add(wrong, token.name);
  for (const attribute of attributesOf(html.slice(token.start, token.end))) {
    const code = attributeCode(token.name, attribute);
    let what = attribute.name;
    if (attribute.name === 'href') what = attribute.value;
    if (code !== undefined) add(code, what);
    if (attribute.name !== 'style') continue;
    for (const style of stylesOf(attribute.value)) {
      const dropped = styleCode(style);
      if (dropped !== undefined) add(dropped, style.name);
    }
  }
}

/** Elements that are opened and not closed, or the other way round. */
function lintNesting(tokens: readonly Token[], add: (code: FragmentCode, what: string, token: Token) => void): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'open' && !isVoid(token.name)) open.push(token);
    if (token.kind !== 'close') continue;
    const last = open[open.length - 1];
    if (last === undefined || last.name !== token.name) add('not-closed', token.name, token);
    else open.pop();
  }
  for (const token of open) add('not-closed', token.name, token);
}

/** A `<` that begins no tag is text to us and may be a tag to another reader. */
const STRAY = /<(?=[a-z/!?])/i;

function lintText(html: string, token: Token, add: (code: FragmentCode, what: string) => void): void {
  const text = html.slice(token.start, token.end);
  if (STRAY.test(text)) add('not-closed', '<');
  if (findLinks(text).length > 0) add('link-of-ours', text.trim().slice(0, 80));
}

/**
 * What of a legal text (words in a line, breaks and links) would not be seen as it was written in Word's engine, on a
 * phone or in dark mode, or would break the block. In the order of the source; none: it may be written into invites.
 */
export function lintFragment(html: string): FragmentFinding[] {
  const findings: FragmentFinding[] = [];
  if (html.length > LONGEST) findings.push({ code: 'too-long', what: String(LONGEST), start: LONGEST, end: html.length });
  const tokens = tokenize(html.slice(0, LONGEST));
  for (const token of tokens) {
    const add = function add(code: FragmentCode, what: string): void {
      findings.push({ code, what, start: token.start, end: token.end });
    };
    // What stands inside a script or style is told by its element.
    if (token.kind === 'comment' && html.charAt(token.start) === '<') add('comment', html.slice(token.start, token.end).slice(0, 40));
    if (token.kind === 'open') lintTag(html, token, add);
    if (token.kind === 'text') lintText(html, token, add);
  }
  lintNesting(tokens, function add(code, what, token) {
    findings.push({ code, what, start: token.start, end: token.end });
  });
  for (const line of textLines(html)) if (isRuleText(line)) findings.push({ code: 'looks-like-rule', what: line, start: 0, end: html.length });
  return findings;
}

/** What of a logo would not be seen as it was meant. */
export function lintLogo(logo: Logo): FragmentFinding[] {
  const findings: FragmentFinding[] = [];
  function add(code: FragmentCode, what: string): void {
    findings.push({ code, what, start: 0, end: 0 });
  }
  if (logo.text.trim() === '') add('picture-without-words', 'alt');
  if (isRuleText(logo.text.trim())) add('looks-like-rule', logo.text);
  if (findLinks(`${logo.text} ${logo.imageUrl}`).length > 0) add('link-of-ours', logo.text);
  if (logo.imageUrl === '') return findings;
  if (!/^https:\/\/[^\s"'<>]+$/i.test(logo.imageUrl)) add('picture-not-https', logo.imageUrl);
  if (!(logo.width > 0 && logo.height > 0)) add('picture-without-size', `${logo.width} × ${logo.height}`);
  if (logo.width > WIDEST_PICTURE || logo.height > HIGHEST_PICTURE) add('too-large', `${logo.width} × ${logo.height}`);
  return findings;
}
