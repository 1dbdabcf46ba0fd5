import type { MailFolder, MailLine } from '../../mailbox.ts';
import { h } from '../dom.ts';
import type { Formats } from './format.ts';
import type { Words } from './words.ts';

export interface MailListOptions { lines: readonly MailLine[]; folder: MailFolder; formats: Formats; words: Words; choose: (folder: MailFolder) => void; open: (line: MailLine) => void }

/** What the window shows while no item is open: the mails of a folder, the newest first. */
export function createMailList({ lines, folder, formats, words, choose, open }: MailListOptions): HTMLElement {
  const tab = (name: MailFolder, text: string): HTMLElement => h('button', { type: 'button', class: 'ol-button', 'aria-pressed': String(name === folder), onclick: () => choose(name) }, text);
  const rows = lines.map((line) => h('li', {}, h('button', { type: 'button', class: line.isRead ? 'ol-mail' : 'ol-mail ol-mail-unread', 'data-mail': line.id, onclick: () => open(line) },
    h('span', { class: 'ol-mail-head' }, h('strong', {}, line.from.name || line.from.address), ...(line.isRead ? [] : [h('span', { class: 'ol-unread' }, words.unread)]), h('time', {}, formats.time(line.receivedAt))),
    h('span', {}, line.subject || words.untitled), h('span', { class: 'ol-mail-preview' }, line.preview))));
  return h('section', { class: 'ol-mails', 'aria-label': words.mails },
    h('div', { class: 'ol-agenda-head' }, tab('inbox', words.inbox), tab('deleteditems', words.deletedItems)),
    rows.length > 0 ? h('ul', {}, ...rows) : h('p', {}, words.noMails));
}
