import type { MailFolder } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { readFilter } from '../filter.ts';
import { textField } from '../json.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readQuery, selected } from '../query.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { contextOf } from './calendar-scope.ts';

function folderJson({ world, mailbox }: MailboxCall, folder: MailFolder): Json {
  const { total, unread } = world.exchange.mail.count(mailbox.id, folder.id);
  const all = world.exchange.mail.folders(mailbox.id);
  const parent = all.find(({ key }) => key === folder.parentKey) ?? world.exchange.mail.folder(mailbox.id, 'msgfolderroot');
  const childFolderCount = all.filter(({ parentKey }) => parentKey === folder.key).length;
  return { id: folder.id, displayName: folder.displayName, parentFolderId: parent.id, childFolderCount, unreadItemCount: unread, totalItemCount: total, sizeInBytes: 0, isHidden: false };
}

export function folderOf({ world, mailbox, params }: MailboxCall): MailFolder {
  return world.exchange.mail.folder(mailbox.id, params['folder'] ?? '');
}

function one(call: MailboxCall, folder: MailFolder, status: number): Reply {
  const json = selected(folderJson(call, folder), readQuery(call.query).select, 'microsoft.graph.mailFolder');
  return { status, body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'mailFolders')}/$entity`, ...json } };
}

const filterable = new Set(['id', 'displayname', 'parentfolderid']);

/** The folders directly below one; below the mailbox itself where none is named. */
function list(call: MailboxCall): Reply {
  const { filter, select, top } = readQuery(call.query);
  const { mail } = call.world.exchange;
  const { key } = mail.folder(call.mailbox.id, call.params['folder'] ?? 'msgfolderroot');
  const test = filter === null ? null : readFilter(filter, filterable);
  const items = mail.folders(call.mailbox.id).filter(({ parentKey }) => parentKey === key).map((folder) => folderJson(call, folder))
    .filter((json) => !test || test({ json, properties: new Map() })).map((json) => selected(json, select, 'microsoft.graph.mailFolder'));
  return pageOf(call, contextOf(call, 'mailFolders'), items, top ?? call.world.defaultPageSize);
}

function nameOf(call: MailboxCall): string {
  const name = textField(call.body, 'displayName');
  if (!name) throw badRequest('ErrorInvalidRequest', 'A folder needs a displayName.');
  return name;
}

function add(call: MailboxCall): Reply {
  return one(call, call.world.exchange.mail.addFolder(call.mailbox.id, nameOf(call), call.params['folder']), 201);
}

/** To Deleted Items, with all that lies in it. */
function remove(call: MailboxCall): Reply {
  call.world.exchange.mail.moveFolder(call.mailbox.id, folderOf(call).id, 'deleteditems');
  return { status: 204 };
}

function route(method: string, path: string, permission: MailboxRoute['permission'], handle: MailboxRoute['handle']): MailboxRoute {
  return { method, path, below: 'mailbox', permission, isOutlook: true, handle };
}

export const mailFolderRoutes: MailboxRoute[] = [
  route('GET', 'mailFolders', 'Mail.Read', list),
  route('POST', 'mailFolders', 'Mail.ReadWrite', add),
  route('GET', 'mailFolders/{folder}/childFolders', 'Mail.Read', list),
  route('POST', 'mailFolders/{folder}/childFolders', 'Mail.ReadWrite', add),
  route('DELETE', 'mailFolders/{folder}', 'Mail.ReadWrite', remove),
  route('GET', 'mailFolders/{folder}', 'Mail.Read', (call) => one(call, folderOf(call), 200)),
  route('PATCH', 'mailFolders/{folder}', 'Mail.ReadWrite', (call) => one(call, call.world.exchange.mail.renameFolder(call.mailbox.id, folderOf(call).id, nameOf(call)), 200)),
];
