import { badRequest } from '../errors.ts';
import { listField, textField } from '../json.ts';
import type { MailboxCall, MailboxRoute, Reply, RootRoute, RouteCall } from '../types.ts';

/** Most ids that one call takes; Graph refuses more. */
const most = 650;

function isAway({ world }: RouteCall, id: string): { isOutOfOffice: boolean; message: string | null } {
  const { status, start, end, internalMessage } = world.exchange.settings(id).automaticReplies;
  const now = world.clock.now();
  const isOutOfOffice = status === 'alwaysEnabled' || (status === 'scheduled' && start <= now && now < end);
  return { isOutOfOffice, message: isOutOfOffice ? internalMessage : null };
}

function presenceOf(call: RouteCall, id: string): object {
  return { id, ...call.world.presences.now(id), outOfOfficeSettings: isAway(call, id), statusMessage: null };
}

/** Presence in bulk. Whom nobody knows is left out. */
const getPresencesByUserId: RootRoute = {
  method: 'POST', path: 'communications/getPresencesByUserId', below: 'root', permission: 'Presence.Read.All', isOutlook: false,
  handle(call) {
    const ids = listField(call.body, 'ids')?.map(String);
    if (!ids) throw badRequest('BadRequest', 'The ids are missing.');
    if (ids.length > most) throw badRequest('BadRequest', `The number of ids is more than ${most}.`);
    const known = call.world.exchange.people.filter((person) => ids.includes(person.id));
    return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(microsoft.graph.presence)`, value: known.map(({ id }) => presenceOf(call, id)) } };
  },
};

const onePresence: MailboxRoute = {
  method: 'GET', path: 'presence', below: 'mailbox', permission: 'Presence.Read.All', isOutlook: false,
  handle: (call) => ({ status: 200, body: { '@odata.context': `${call.base}/$metadata#users('${call.mailbox.id}')/presence/$entity`, ...presenceOf(call, call.mailbox.id) } }),
};

/** "PT1H30M" in ms; Graph's default is 5 minutes. */
function durationOf(text: string | undefined): number {
  if (text === undefined) return 5 * 60_000;
  const read = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text);
  if (!read) throw badRequest('BadRequest', 'The expirationDuration is no duration.');
  const [hours = 0, minutes = 0, seconds = 0] = read.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

/** The session's id must be the calling application's (graph.md §4). */
function sessionOf({ body, caller }: MailboxCall): string {
  const id = textField(body, 'sessionId') ?? '';
  if (id === '' || id !== caller.clientId) throw badRequest('BadRequest', 'The sessionId must be the application id.');
  return id;
}

function set(call: MailboxCall): Reply {
  const said = { availability: textField(call.body, 'availability') ?? '', activity: textField(call.body, 'activity') ?? '' };
  call.world.presences.set(call.mailbox.id, sessionOf(call), said, durationOf(textField(call.body, 'expirationDuration')));
  return { status: 200 };
}

function clear(call: MailboxCall): Reply {
  call.world.presences.clear(call.mailbox.id, sessionOf(call));
  return { status: 200 };
}

function write(path: string, handle: MailboxRoute['handle']): MailboxRoute {
  return { method: 'POST', path, below: 'mailbox', permission: 'Presence.ReadWrite.All', isOutlook: false, handle };
}

export const presenceRoutes = [getPresencesByUserId, onePresence, write('presence/setPresence', set), write('presence/clearPresence', clear)];
