import type { MailMessage } from '../../exchange/index.ts';
import { GraphError, badRequest } from '../errors.ts';
import { readFilter } from '../filter.ts';
import { textField } from '../json.ts';
import type { Json } from '../json.ts';
import { messageExpansions, messageJson, messageProperties, selectableOfMessage } from '../message-json.ts';
import { readMessageChanges, readNewMessage } from '../message-input.ts';
import { pageOf } from '../page.ts';
import { readPrefer } from '../prefer.ts';
import type { Preferences } from '../prefer.ts';
import { readQuery, selected } from '../query.ts';
import type { MailboxCall, MailboxRoute, Permission, Reply } from '../types.ts';
import { contextOf } from './calendar-scope.ts';

const filterable = new Set([
  'id', 'subject', 'isread', 'isdraft', 'internetmessageid', 'receiveddatetime', 'sentdatetime', 'createddatetime', 'lastmodifieddatetime', 'hasattachments', 'importance',
  'parentfolderid', 'from', 'sender', 'categories',
]);

const plain: Preferences = { immutableId: true, timeZone: null, bodyType: null, allowsUnsafeHtml: false, maxPageSize: null, applied: [] };

export function messageOf({ world, mailbox, params }: MailboxCall): MailMessage {
  const found = world.exchange.mail.read(mailbox.id, params['message'] ?? '');
  const folder = params['folder'];
  if (!found || (folder !== undefined && world.exchange.mail.folder(mailbox.id, folder).id !== found.folderId)) {
    throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  }
  return found;
}

/** One message as select, expand and the preferences want it. */
export function shownMessage({ headers }: MailboxCall, message: MailMessage, select: string[] | null, expand: string | null): Json {
  const json = messageJson(message, readPrefer(headers['prefer']));
  const shown = select ? selected({ ...json, ...selectableOfMessage(message) }, select, 'microsoft.graph.message') : json;
  return { ...shown, ...messageExpansions(message, expand) };
}

function single(call: MailboxCall, message: MailMessage, status: number): Reply {
  const { select, expand } = readQuery(call.query);
  return { status, body: { '@odata.context': `${call.base}/$metadata#${contextOf(call, 'messages')}/$entity`, ...shownMessage(call, message, select, expand) } };
}

/** Newest first unless ordered otherwise; Outlook orders by the time of arrival only. */
function list(call: MailboxCall): Reply {
  const { filter, select, expand, orderBy, top } = readQuery(call.query);
  if (orderBy && orderBy.path.toLowerCase() !== 'receiveddatetime') throw badRequest('ErrorInvalidUrlQuery', `The property '${orderBy.path}' cannot be ordered by.`);
  const test = filter === null ? null : readFilter(filter, filterable);
  const all = call.world.exchange.mail.list(call.mailbox.id, call.params['folder']);
  const fitting = test ? all.filter((message) => test({ json: messageJson(message, plain), properties: messageProperties(message) })) : all;
  const ordered = orderBy && !orderBy.isDescending ? fitting.toReversed() : fitting;
  const size = top ?? readPrefer(call.headers['prefer']).maxPageSize ?? call.world.defaultPageSize;
  return pageOf(call, contextOf(call, 'messages'), ordered.map((message) => shownMessage(call, message, select, expand)), size);
}

function create(call: MailboxCall): Reply {
  return single(call, call.world.exchange.mail.create(call.mailbox.id, call.params['folder'] ?? 'drafts', readNewMessage(call.body)), 201);
}

function update(call: MailboxCall): Reply {
  const message = messageOf(call);
  const { attachments: _none, ...changes } = readMessageChanges(call.body, message.isDraft);
  return single(call, call.world.exchange.mail.update(call.mailbox.id, message.id, changes), 200);
}

function destination(call: MailboxCall): string {
  const wanted = textField(call.body, 'destinationId');
  if (!wanted) throw badRequest('ErrorInvalidRequest', 'The destinationId is missing.');
  return wanted;
}

const noContent: Reply = { status: 204 };

function remove(call: MailboxCall): Reply {
  call.world.exchange.mail.remove(call.mailbox.id, messageOf(call).id);
  return noContent;
}

function destroy(call: MailboxCall): Reply {
  call.world.exchange.mail.destroy(call.mailbox.id, messageOf(call).id);
  return noContent;
}

/** The same route for the whole mailbox and below a folder. */
export function underFolders(method: string, path: string, permission: Permission, handle: MailboxRoute['handle']): MailboxRoute[] {
  return ['', 'mailFolders/{folder}/'].map((prefix) => ({ method, path: prefix + path, below: 'mailbox', permission, isOutlook: true, handle }));
}

export const messageRoutes: MailboxRoute[] = [
  ...underFolders('GET', 'messages', 'Mail.Read', list),
  ...underFolders('POST', 'messages', 'Mail.ReadWrite', create),
  ...underFolders('GET', 'messages/{message}', 'Mail.Read', (call) => single(call, messageOf(call), 200)),
  ...underFolders('PATCH', 'messages/{message}', 'Mail.ReadWrite', update),
  ...underFolders('DELETE', 'messages/{message}', 'Mail.ReadWrite', remove),
  ...underFolders('POST', 'messages/{message}/move', 'Mail.ReadWrite', (call) => single(call, call.world.exchange.mail.move(call.mailbox.id, messageOf(call).id, destination(call)), 201)),
  ...underFolders('POST', 'messages/{message}/copy', 'Mail.ReadWrite', (call) => single(call, call.world.exchange.mail.copy(call.mailbox.id, messageOf(call).id, destination(call)), 201)),
  ...underFolders('POST', 'messages/{message}/permanentDelete', 'Mail.ReadWrite', destroy),
];
