import type { MailMessage } from '../../exchange/index.ts';
import { GraphError, badRequest } from '../errors.ts';
import type { Json } from '../json.ts';
import type { FollowedFolder, MessageRound, MessageState } from '../message-deltas.ts';
import { linkWith } from '../page.ts';
import { readPrefer } from '../prefer.ts';
import { option, readQuery } from '../query.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';
import { folderOf } from './mail-folders.ts';
import { shownMessage } from './messages.ts';

const defaultPageSize = 10;
/** With a filter the first round stops here (message-delta). */
const mostFiltered = 5_000;

/** The only filter is one on the time of arrival. */
function receivedFrom(filter: string | null): number | null {
  if (filter === null) return null;
  const [, operator = '', text = ''] = /^\s*receivedDateTime\s+(ge|gt)\s+(\S+)\s*$/i.exec(filter) ?? [];
  const instant = Date.parse(text);
  if (!Number.isFinite(instant)) throw badRequest('ErrorInvalidUrlQuery', "The only supported $filter expressions are '$filter=receivedDateTime+ge+{value}' and '$filter=receivedDateTime+gt+{value}'.");
  return operator.toLowerCase() === 'gt' ? instant + 1 : instant;
}

function followed(call: MailboxCall): FollowedFolder {
  const { filter, select, expand, orderBy } = readQuery(call.query);
  if (option(call.query, 'search') !== null) throw badRequest('ErrorInvalidUrlQuery', 'The $search parameter is not supported with change tracking.');
  if (orderBy && (orderBy.path.toLowerCase() !== 'receiveddatetime' || !orderBy.isDescending)) throw badRequest('ErrorInvalidUrlQuery', 'Only $orderby=receivedDateTime+desc is supported with change tracking.');
  return { mailboxId: call.mailbox.id, folderId: folderOf(call).id, select, expand, receivedFrom: receivedFrom(filter) };
}

/** A change of the read mark alone is told with that mark alone, as Outlook does it; everything else whole. */
function told(call: MailboxCall, folder: FollowedFolder, message: MailMessage): Json {
  return { '@odata.type': '#microsoft.graph.message', ...shownMessage(call, message, folder.select, folder.expand) };
}

function removed(call: MailboxCall, { id, restId }: { id: string; restId: string }): Json {
  return { '@odata.type': '#microsoft.graph.message', id: readPrefer(call.headers['prefer']).immutableId ? id : restId, '@removed': { reason: 'deleted' } };
}

/** What is in the folder, for a first round. */
function everything(call: MailboxCall, folder: FollowedFolder): MessageRound {
  const { mail } = call.world.exchange;
  const { receivedFrom: from } = folder;
  const all = mail.list(folder.mailboxId, folder.folderId);
  const fitting = from === null ? all : all.filter(({ receivedAt }) => receivedAt >= from).slice(0, mostFiltered);
  return { folder, left: fitting.map((message) => told(call, folder, message)), done: { folder, changeNumber: mail.newest() } };
}

/** What changed: departures first, as a message that left and came back has both. Changes are told outside the filter, too. */
function since(call: MailboxCall, { folder, changeNumber }: MessageState): MessageRound {
  const { mail } = call.world.exchange;
  const changed = mail.list(folder.mailboxId, folder.folderId).filter((message) => message.changeNumber > changeNumber);
  const here = new Set(changed.map(({ id }) => id));
  const left = mail.departures(folder.mailboxId, folder.folderId, changeNumber).filter(({ id }) => !here.has(id)).map((each) => removed(call, each));
  return { folder, left: [...left, ...changed.map((message) => told(call, folder, message))], done: { folder, changeNumber: mail.newest() } };
}

/** One page. A round of several pages ends with an empty one, and between pages the last item comes twice: both are legal at Graph and happen. */
function page(call: MailboxCall, round: MessageRound, before: Json | null): Reply {
  const { messageDeltas } = call.world;
  const size = readPrefer(call.headers['prefer']).maxPageSize ?? defaultPageSize;
  const here = round.left.slice(0, size);
  const left = round.left.slice(size);
  const isDone = left.length === 0 && (before === null || here.length === 0);
  const value = before !== null && here.length > 0 ? [before, ...here] : here;
  const token = isDone ? { $deltatoken: messageDeltas.putState(round.done) } : { $skiptoken: messageDeltas.putRound({ ...round, left: [here.at(-1) ?? {}, ...left] }) };
  const link = linkWith(call, { $deltatoken: null, $skiptoken: null, $select: null, $expand: null, $filter: null, $orderby: null, ...token });
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(message)`, value, [isDone ? '@odata.deltaLink' : '@odata.nextLink']: link } };
}

function forgotten(call: MailboxCall): GraphError {
  const location = linkWith(call, { $skiptoken: null, $deltatoken: '' });
  return new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found; continuing is not possible.', { headers: { location } });
}

/** A first round, or (`$deltatoken`) what changed since, or (`$skiptoken`) the next page. Throws GraphError 410 for a token that is not known. */
function delta(call: MailboxCall): Reply {
  const { world: { messageDeltas }, mailbox, query } = call;
  const isOwn = ({ folder }: { folder: FollowedFolder }): boolean => folder.mailboxId === mailbox.id && folder.folderId === folderOf(call).id;
  const skipToken = option(query, 'skiptoken');
  if (skipToken) {
    const round = messageDeltas.round(skipToken);
    if (!round || !isOwn(round)) throw forgotten(call);
    const [before = null, ...left] = round.left;
    return page(call, { ...round, left }, before);
  }
  const deltaToken = option(query, 'deltatoken');
  if (!deltaToken) return page(call, everything(call, followed(call)), null);
  const state = messageDeltas.state(deltaToken);
  if (!state || !isOwn(state)) throw forgotten(call);
  return page(call, since(call, state), null);
}

export const messageDeltaRoutes: MailboxRoute[] = [{ method: 'GET', path: 'mailFolders/{folder}/messages/delta', below: 'mailbox', permission: 'Mail.Read', isOutlook: true, handle: delta }];
