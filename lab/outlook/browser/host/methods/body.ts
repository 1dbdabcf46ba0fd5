import { HostError, errorCode } from '../errors.ts';
import type { OpenItem } from '../item.ts';
import { isAppointment } from '../item.ts';
import { documentOf, editorFragment, escapeHtml, htmlOfText, textOfHtml } from '../owa-html.ts';
import type { Params } from '../params.ts';
import { text } from '../params.ts';
import type { Methods } from './method.ts';
import { onForm, onItem } from './method.ts';

/** `HostCoercionType` of office.js. */
const html = 3;
/** Limits of the script (outlook-host.md §9.7), kept by the host too. */
const longestBody = 1_000_000;
const longestAppend = 5_000;
const longestSignature = 120_000;

function isHtml(params: Params): boolean {
  return params['coercionType'] === html;
}

/** What was sent, in the kind of the body: an HTML fragment or plain text. */
function content(item: OpenItem, params: Params, longest: number, key = 'data'): string {
  const given = text(params, key, longest);
  if (item.fields.body.type === 'html') return isHtml(params) ? editorFragment(given) : htmlOfText(given);
  return isHtml(params) ? textOfHtml(given) : given;
}

function put(item: OpenItem, next: string): void {
  item.change({ body: { type: item.fields.body.type, content: next } }, 'addin');
}

function getBody(item: OpenItem, params: Params): string {
  const { type, content: body } = item.fields.body;
  if (isHtml(params)) return documentOf(type === 'html' ? body : `<div>${escapeHtml(body).replace(/\r?\n/g, '<br>')}</div>`);
  return type === 'html' ? textOfHtml(body) : body;
}

/** Outlook puts prepended text into the first cell when the body begins with a table (OfficeDev/office-js#2209). */
function prepended(body: string, addition: string): string {
  const cell = /^\s*<table\b[^>]*>(?:\s*<(?:tbody|tr)\b[^>]*>)*\s*<td\b[^>]*>/i.exec(body);
  return cell ? cell[0] + addition + body.slice(cell[0].length) : addition + body;
}

function insert(item: OpenItem, params: Params): void {
  const addition = content(item, params, longestBody);
  if (item.bodyView) item.bodyView.insert(addition);
  else put(item, addition + item.fields.body.content);
}

export const bodyMethods: Methods = {
  13: onForm('ReadWriteItem', ({ item, params }) => insert(item, params)),
  29: onForm('ReadWriteItem', ({ item, params }) => insert(item, params)),
  14: onForm('ReadItem', ({ item }) => item.fields.body.type),
  23: onForm('ReadWriteItem', ({ item, params }) => {
    const addition = content(item, params, longestBody);
    const { type, content: body } = item.fields.body;
    put(item, type === 'html' ? prepended(body, addition) : addition + body);
  }),
  28: onForm('ReadWriteItem', ({ item, params }) => {
    const selection = item.bodyView?.selection() ?? { html: '', text: '' };
    return { data: isHtml(params) ? selection.html : selection.text, sourceProperty: 'body' };
  }),
  37: onItem('ReadItem', ({ item, params }) => getBody(item, params)),
  38: onForm('ReadWriteItem', ({ item, params }) => put(item, content(item, params, longestBody))),
  100: onForm('ReadWriteItem', ({ item, params }) => {
    const addition = content(item, params, longestAppend, 'appendTxt');
    item.change({ appendOnSend: addition || null }, 'addin');
  }),
  173: onForm('ReadWriteItem', ({ item, params }) => {
    // Microsoft's sample says that Outlook on the web has no signatures on appointments.
    if (isAppointment(item)) throw new HostError(errorCode.notSupported);
    put(item, item.fields.body.content + content(item, params, longestSignature));
  }),
};
