import type { ItemBody } from './types.ts';

/**
 * What Exchange does to HTML when it stores it, as far as public reports tell: active content, style sheets, comments and attributes that it does not know go;
 * the rest is wrapped into a page of its own. Copies in other mailboxes get `x_` before ids and classes, once more on every copy. Senders therefore
 * may not rely on comments, ids, classes or data attributes.
 */
const attributesKept = new Set([
  'href', 'src', 'alt', 'title', 'name', 'target', 'rel', 'style', 'id', 'class', 'lang', 'dir', 'align', 'valign', 'width', 'height', 'border', 'cellpadding',
  'cellspacing', 'bgcolor', 'color', 'face', 'size', 'colspan', 'rowspan', 'start', 'type', 'role', 'content', 'http-equiv', 'charset',
]);
// Names and bare values may not hold "<", so that every search ends at the next tag: time stays linear for hostile text.
const removedWithContent = /<(script|style|iframe|object|svg)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const removedAlone = /<\/?(?:script|style|iframe|object|embed|svg|form|noscript|template|link|base|input|button|html|head|body|meta|!doctype)\b[^<>]*>/gi;
const pageTitle = /<title\b[^<>]*>[^<]*(?:<\/title\s*>)?/gi;
const comment = /<!--[\s\S]*?(?:-->|$)/g;
const tag = /<([a-z][a-z0-9]*)((?:\s+[^\s=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>]+))?)*)\s*(\/?)>/gi;
const attribute = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
const unsafeAddress = /^[\s\0-\x20]*(?:javascript|vbscript|data):/i;

function attributeText(name: string, value: string, isCopy: boolean): string {
  const key = name.toLowerCase();
  if (!attributesKept.has(key)) return '';
  if ((key === 'href' || key === 'src') && unsafeAddress.test(value)) return '';
  const shown = isCopy && (key === 'id' || key === 'class') ? value.split(/\s+/).map((each) => `x_${each}`).join(' ') : value;
  return ` ${key}="${shown.replaceAll('"', '&quot;')}"`;
}

function inner(html: string, isCopy: boolean): string {
  return html
    .replace(comment, '')
    .replace(removedWithContent, '')
    .replace(pageTitle, '')
    .replace(removedAlone, '')
    .replace(tag, (_, name: string, attributes: string, slash: string) => {
      const kept = [...attributes.matchAll(attribute)].map(([, key = '', double, single, bare]) => attributeText(key, double ?? single ?? bare ?? '', isCopy));
      return `<${name.toLowerCase()}${kept.join('')}${slash}>`;
    });
}

/** The body as Exchange keeps it; `isCopy` for the copy that another mailbox receives. Plain text only gets its line ends made CRLF. */
export function storedBody({ type, content, unsafe }: ItemBody, isCopy = false): ItemBody {
  if (type === 'text') return { type, content: content.replace(/\r?\n/g, '\r\n') };
  const body = inner(content, isCopy);
  if (body.trim() === '') return { type, content: '' };
  return { type, ...(unsafe === undefined ? {} : { unsafe }), content: `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${body.trim()}\r\n</body>\r\n</html>\r\n` };
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The text of an HTML body, as `outlook.body-content-type="text"` gives it. */
export function textOf({ type, content }: ItemBody): string {
  if (type === 'text') return content;
  return content
    .replace(/<head\b[\s\S]*?(?:<\/head>|$)/i, '')
    .replace(/\s*\r?\n\s*/g, ' ')
    .replace(/<br\s*\/?>/gi, '\r\n')
    .replace(/<\/(?:p|div|tr|li|h[1-6]|table)>/gi, '\r\n')
    .replace(/<a\b[^<>]*?href="([^"]*)"[^<>]*>((?:(?!<a\b)[\s\S])*?)<\/a>/gi, (_, href: string, text: string) => (text === href ? text : `${text}<${href}>`).replaceAll('<', '\u0001').replaceAll('>', '\u0002'))
    .replace(/<[^<>]*>/g, '')
    .replaceAll('\u0001', '<')
    .replaceAll('\u0002', '>')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal) return String.fromCodePoint(Number(decimal));
      if (hex) return String.fromCodePoint(parseInt(hex, 16));
      return named[name ?? ''] ?? whole;
    })
    .trim();
}
