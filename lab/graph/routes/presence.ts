import { badRequest } from '../errors.ts';
import { listField } from '../json.ts';
import type { RootRoute } from '../types.ts';

/** Most ids that one call takes; Graph refuses more. */
const most = 650;

/**
 * Presence in bulk, as far as it tells of automatic replies: who nobody knows is left out. Nobody here is signed in to Teams, so everybody is Offline,
 * as Graph says of accounts that never were.
 */
const getPresencesByUserId: RootRoute = {
  method: 'POST', path: 'communications/getPresencesByUserId', below: 'root', permission: 'Presence.Read.All', isOutlook: false,
  handle({ base, body, world }) {
    const ids = listField(body, 'ids')?.map(String);
    if (!ids) throw badRequest('BadRequest', 'The ids are missing.');
    if (ids.length > most) throw badRequest('BadRequest', `The number of ids is more than ${most}.`);
    const known = world.exchange.people.filter((person) => ids.includes(person.id));
    const now = world.clock.now();
    return {
      status: 200,
      body: {
        '@odata.context': `${base}/$metadata#Collection(microsoft.graph.presence)`,
        value: known.map(({ id }) => {
          const { status, start, end, internalMessage } = world.exchange.settings(id).automaticReplies;
          const isOutOfOffice = status === 'alwaysEnabled' || (status === 'scheduled' && start <= now && now < end);
          return { id, availability: 'Offline', activity: 'Offline', outOfOfficeSettings: { message: isOutOfOffice ? internalMessage : null, isOutOfOffice }, statusMessage: null };
        }),
      },
    };
  },
};

export const presenceRoutes = [getPresencesByUserId];
