import { badRequest } from '../errors.ts';
import { listField, textField } from '../json.ts';
import type { Json } from '../json.ts';
import { parseId } from '../../exchange/index.ts';
import type { MailboxCall, MailboxRoute, Reply } from '../types.ts';

const mostIds = 1_000;
/** Formats that the lab's mailboxes know; the MAPI entry ids need a MAPI client to come by. */
const formats = { ewsid: 'ewsId', restid: 'restId', restimmutableentryid: 'id' } as const;

function formatOf(name: string | undefined): (typeof formats)[keyof typeof formats] {
  const found = Object.entries(formats).find(([key]) => key === name?.toLowerCase());
  if (!found) throw badRequest('ErrorInvalidIdMalformed', `The id format '${name ?? ''}' is not supported.`);
  return found[1];
}

/** EWS, REST and immutable ids into one another. An id that is none gives an entry with `errorDetails`. */
function translate(call: MailboxCall): Reply {
  const ids = listField(call.body, 'inputIds') ?? [];
  if (ids.length === 0 || ids.length > mostIds) throw badRequest('ErrorInvalidRequest', `The number of inputIds has to be between 1 and ${mostIds}.`);
  formatOf(textField(call.body, 'sourceIdType'));
  const target = formatOf(textField(call.body, 'targetIdType'));
  const value = ids.map(String).map((sourceId): Json => {
    const event = parseId(sourceId) ? call.world.exchange.read(call.mailbox.id, sourceId) : undefined;
    if (event) return { '@odata.type': '#microsoft.graph.convertIdResult', sourceId, targetId: event[target] };
    return { '@odata.type': '#microsoft.graph.convertIdResult', sourceId, targetId: null, errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'The id is malformed.' } };
  });
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(microsoft.graph.convertIdResult)`, value } };
}

export const translateRoutes: MailboxRoute[] = [{ method: 'POST', path: 'translateExchangeIds', below: 'mailbox', permission: 'User.Read', isOutlook: true, handle: translate }];
