import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { roomApi, RoomView } from '../../../../contract/conference/room.ts';
import { UserError } from '../../../domain/errors.ts';
import { servingBridges } from '../bridge/rows.ts';
import { bridgeNamed } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { decideKnock } from '../knock/knock-rows.ts';
import { roleOf } from '../roles.ts';
import { findConference } from '../rows.ts';
import { askBridge } from './ask.ts';
import { deedsFor } from './rights.ts';
import { roomViewOf } from './room-view.ts';

/** The endpoints of contract/conference/room.ts. */
export function createRoomHandlers(deps: ConferenceDeps): Handlers<typeof roomApi> {
  async function led(id: string, { tenantId, personId }: Caller): Promise<{ conference: Conference; role: RoomView['role'] }> {
    const found = await findLed(deps, tenantId, personId, id);
    if (found) return found;
    throw new UserError(404, { code: 'conference-unknown', message: 'There is no such conference among yours.', remedy: 'Only its hosts and presenters see who is in.' });
  }

  return {
    async room({ params }, caller) {
      const { conference, role } = await led(params.id, caller);
      return { room: await roomViewOf(deps, conference, role) };
    },
    async command({ params, body }, caller) {
      const { conference, role } = await led(params.id, caller);
      const serving = (await servingBridges(deps.store.db, conference)).find((each) => each.instance === body.bridge);
      if (!serving) throw new UserError(422, { code: 'bridge-unknown', field: 'bridge', message: 'This conference is not on that bridge.', remedy: 'Look at the newest state of the room.' });
      const bridge = bridgeNamed(deps, serving.instance);
      if (!deedsFor(role, bridge.capabilities).includes(body.what)) {
        throw new UserError(403, { code: 'not-yours-to-do', field: 'what', message: 'You may not do this in this room, or its bridge cannot.', remedy: 'Ask a host of the conference.' });
      }
      if (['mute', 'unmute', 'kick'].includes(body.what) && body.leg === undefined) {
        throw new UserError(422, { code: 'leg-missing', field: 'leg', message: 'It is not said whom.', remedy: 'Choose somebody in the room.' });
      }
      await askBridge(deps, conference, bridge, {
        id: body.id, instance: bridge.instance, what: body.what, leg: body.leg, askedBy: caller.personId,
        ...(body.what === 'call' ? { call: { number: body.number ?? '', name: body.name ?? body.number ?? '', role: 'guest', language: conference.language, waitsForHost: false, asksToBeLetIn: false } } : {}),
      });
      return { room: await roomViewOf(deps, conference, role) };
    },
    async answerKnock({ params, body }, caller) {
      const { conference, role } = await led(params.id, caller);
      const { tenantId, id } = conference;
      const isDecided = await deps.effect('knock.decided.write', () =>
        deps.store.transaction(async (tx) => {
          if (!(await decideKnock(tx, tenantId, id, params.knock, body.letIn, caller.personId ?? '', deps.clock.now()))) return false;
          deps.live.announce(tx, tenantId, `room:${id}`);
          return true;
        }),
      );
      if (!isDecided) throw new UserError(409, { code: 'knock-gone', message: 'They do not wait any more.', remedy: 'They hung up, or somebody else was faster.' });
      return { room: await roomViewOf(deps, conference, role) };
    },
  };
}

/** The conference, if this person leads it. */
export async function findLed(deps: ConferenceDeps, tenantId: string, personId: string | null, id: string): Promise<{ conference: Conference; role: RoomView['role'] } | null> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference || personId === null) return null;
  const role = roleOf(conference, { personId, addresses: await deps.addressesOf(tenantId, personId) });
  return role === 'guest' ? null : { conference, role };
}
