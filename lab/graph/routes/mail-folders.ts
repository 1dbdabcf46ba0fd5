import type { MailFolder } from '../../exchange/index.ts';
import { badRequest } from '../errors.ts';
import { textField } from '../json.ts';
import type { Json } from '../json.ts';
import { pageOf } from '../page.ts';
import { readQuery, selected } from '../query.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { contextOf } from './calendar-scope.ts';

function folderJson({ world, mailbox }: MailboxCall, folder: MailFolder): Json {
  const { total, unread } = world.exchange.mail.count(mailbox.id, folder.id);
  const parent = world.exchange.mail.folder(mailbox.id, 'msgfolderroot');
  return { id: folder.id, displayName: folder.displayName, parentFolderId: parent.id, childFolderCount: 0, unreadItemCount: unread, totalItemCount: total, sizeInBytes: 0, isHidden: false };
}

export function folderOf({ world, mailbox, params }: MailboxCall): MailFolder {
  return world.exchange.mail.folder(mailbox.id, params['folder'] ?? '');
}

function one(call: MailboxCall, folder: MailFolder, status: number): Reply {
  const json = selected(folderJson(call, folder), readQuery(call.query).select, 'microsoft.graph.mailFolder');
  return { status, body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'mailFolders')}/$entity`, ...json } };
}

function list(call: MailboxCall): Reply {
  const { select, top } = readQuery(call.query);
  const items = call.world.exchange.mail.folders(call.mailbox.id).map((folder) => selected(folderJson(call, folder), select, 'microsoft.graph.mailFolder'));
  return pageOf(call, contextOf(call, 'mailFolders'), items, top ?? call.world.defaultPageSize);
}

function nameOf(call: MailboxCall): string {
  const name = textField(call.body, 'displayName');
  if (!name) throw badRequest('ErrorInvalidRequest', 'A folder needs a displayName.');
  return name;
}

function route(method: string, path: string, permission: MailboxRoute['permission'], handle: MailboxRoute['handle']): MailboxRoute {
  return { method, path, below: 'mailbox', permission, isOutlook: true, handle };
}

export const mailFolderRoutes: MailboxRoute[] = [
  route('GET', 'mailFolders', 'Mail.Read', list),
  route('POST', 'mailFolders', 'Mail.ReadWrite', (call) => one(call, call.world.exchange.mail.addFolder(call.mailbox.id, nameOf(call)), 201)),
  route('GET', 'mailFolders/{folder}', 'Mail.Read', (call) => one(call, folderOf(call), 200)),
  route('PATCH', 'mailFolders/{folder}', 'Mail.ReadWrite', (call) => one(call, call.world.exchange.mail.renameFolder(call.mailbox.id, folderOf(call).id, nameOf(call)), 200)),
];
