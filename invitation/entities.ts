/** The named character references of ISO 8859-1, from U+00A0 on, in order; clients write umlauts with them. */
const LATIN_1 = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
  'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
  'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');

const OTHERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ndash: '–', mdash: '—' };

/** Nothing above this is a character (Unicode). */
const LAST_CODE_POINT = 0x10ffff;

function named(name: string): string | undefined {
  const position = LATIN_1.indexOf(name);
  if (position >= 0) return String.fromCharCode(160 + position);
  if (Object.prototype.hasOwnProperty.call(OTHERS, name)) return OTHERS[name];
  return undefined;
}

function numbered(digits: string): string | undefined {
  let code = parseInt(digits, 10);
  if (/^x/i.test(digits)) code = parseInt(digits.slice(1), 16);
  if (!(code > 0 && code <= LAST_CODE_POINT)) return undefined;
  return String.fromCodePoint(code);
}

/** Character references to characters, for reading and comparing only; what is unknown stays as it is. */
export function decodeEntities(html: string): string {
  if (html.indexOf('&') < 0) return html;
  return html.replace(/&(?:#(x[0-9a-f]{1,6}|[0-9]{1,7})|([a-z][a-z0-9]{1,7}));/gi, function decode(whole: string, digits: string | undefined, name: string | undefined) {
    let character: string | undefined;
    if (digits !== undefined) character = numbered(digits);
    if (name !== undefined) character = named(name);
    if (character === undefined) return whole;
    return character;
  });
}

/** Hostile text to HTML text: no tag, no attribute end, no control or direction-changing character survives. */
export function escapeHtml(text: string): string {
  return plainLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Hostile text to one line: control, line-breaking and direction-changing characters become one space. */
export function plainLine(text: string): string {
  let printable = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 32 || (code >= 127 && code < 160)) printable += ' ';
    else printable += character;
  }
  return printable.replace(/[\s\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
}
