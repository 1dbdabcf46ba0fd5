/**
 * What Outlook on the web does to HTML that is put into a body, as far as users report it: active content, comments, classes, ids and data attributes go;
 * styles are read and written anew in another order and spelling; loose text gets a block of its own. Therefore an add-in finds its own text again only
 * by what a reader can see.
 */
const dropped = 'script,style,link,meta,title,base,iframe,frame,object,embed,applet,form,input,button,select,textarea,svg,math,template,noscript,audio,video,canvas';
const keptAttributes = new Set([
  'href', 'src', 'alt', 'title', 'name', 'target', 'rel', 'style', 'lang', 'dir', 'align', 'valign', 'width', 'height', 'border', 'cellpadding', 'cellspacing',
  'bgcolor', 'color', 'face', 'size', 'colspan', 'rowspan', 'start', 'type', 'role',
]);
const inlineElements = new Set(['A', 'ABBR', 'B', 'BR', 'CODE', 'EM', 'FONT', 'I', 'IMG', 'S', 'SMALL', 'SPAN', 'STRONG', 'SUB', 'SUP', 'U']);
const unsafeAddress = /^[\s\0-\x20]*(?:javascript|vbscript|data(?!:image\/(?:png|gif|jpeg)))\s*:/i;
const paragraphStyle = 'font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt;';

/** Declarations of a style, cut at the semicolons that stand outside of quotes and brackets. */
function declarations(css: string): string[] {
  return (css.match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\))+/g) ?? []).map((each) => each.trim()).filter(Boolean);
}

function rewriteAttributes(element: Element): void {
  const attributes = [...element.attributes].map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  for (const { name } of attributes) element.removeAttribute(name);
  // The parser's own reading of the style, before it is taken off.
  const probe = element.ownerDocument.createElement('span');
  attributes.sort((a, b) => Number(b.name === 'style') - Number(a.name === 'style') || a.name.localeCompare(b.name));
  for (const { name, value } of attributes) {
    if (!keptAttributes.has(name)) continue;
    if ((name === 'href' || name === 'src') && unsafeAddress.test(value)) continue;
    if (name !== 'style') {
      element.setAttribute(name, value);
      continue;
    }
    probe.style.cssText = value;
    const parts = declarations(probe.style.cssText);
    parts.sort((a, b) => a.localeCompare(b));
    if (parts.length > 0) element.setAttribute('style', `${parts.join('; ')};`);
  }
}

function isInline(node: Node): boolean {
  return node.nodeType === Node.TEXT_NODE || inlineElements.has(node.nodeName);
}

function wrapLooseText(body: HTMLElement): void {
  let block: HTMLElement | null = null;
  for (const node of Array.from(body.childNodes)) {
    if (!isInline(node)) {
      block = null;
      continue;
    }
    if (!block && node.nodeType === Node.TEXT_NODE && !node.textContent?.trim()) continue;
    if (!block) {
      block = body.ownerDocument.createElement('div');
      block.setAttribute('style', paragraphStyle);
      body.insertBefore(block, node);
    }
    block.append(node);
  }
}

function parse(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

/** The fragment that the editor shows for `html`, which may be a fragment or a whole document. Safe to put into the page. */
export function editorFragment(html: string): string {
  const body = parse(html);
  for (const element of body.querySelectorAll(dropped)) element.remove();
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  for (const element of body.querySelectorAll('*')) rewriteAttributes(element);
  wrapLooseText(body);
  return body.innerHTML.trim();
}

/** What `body.getAsync('html')` answers: the editor's fragment as a document. */
export function documentOf(fragment: string): string {
  return `<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">${fragment}</body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Plain text as HTML, one block a line. */
export function htmlOfText(text: string): string {
  return text.split(/\r?\n/).map((line) => `<div style="${paragraphStyle}">${escapeHtml(line) || '<br>'}</div>`).join('');
}

const blocks = new Set(['DIV', 'P', 'TABLE', 'TR', 'LI', 'UL', 'OL', 'H1', 'H2', 'H3', 'H4', 'BLOCKQUOTE', 'PRE', 'HR']);

function textOfNode(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/[ \t\r\n]+/g, ' ');
  if (node.nodeName === 'BR') return '\n';
  const inner = [...node.childNodes].map(textOfNode).join('');
  return blocks.has(node.nodeName) ? `\n${inner.replace(/^\n+|\n+$/g, '')}\n` : inner;
}

/** The text of an HTML body, as `body.getAsync('text')` gives it. */
export function textOfHtml(html: string): string {
  return textOfNode(parse(html)).replace(/ *\n */g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}
