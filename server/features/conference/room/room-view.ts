import type { RoomView } from '../../../../contract/conference/room.ts';
import type { Conference } from '../conference.ts';
import { servingBridges } from '../bridge/rows.ts';
import type { ConferenceDeps } from '../deps.ts';
import { knocksAt } from '../knock/knock-rows.ts';
import { kindOf } from '../offer.ts';
import { lastCommands } from './command-rows.ts';
import { peopleIn } from './people-rows.ts';
import { deedsFor } from './rights.ts';

/** How many commands are shown. */
const shown = 10;

/** The room as a host or presenter sees it: from the database, because the process that is asked need not have the connection to the bridge. */
export async function roomViewOf(deps: ConferenceDeps, conference: Conference, role: RoomView['role']): Promise<RoomView> {
  const { tenantId, id } = conference;
  const { db } = deps.store;
  const [bridges, people, knocks, commands] = await Promise.all([servingBridges(db, conference), peopleIn(db, tenantId, id), knocksAt(db, tenantId, id, deps.clock.now()), lastCommands(db, tenantId, id, shown)]);
  return {
    conferenceId: id,
    role,
    bridges: bridges.map(({ instance, state, members, isLocked, error }) => {
      const bridge = deps.bridges.find((each) => each.instance === instance);
      return {
        instance, kind: kindOf(bridge), state, members, isLocked, lastError: error,
        listsPeople: bridge?.capabilities.participants ?? false,
        may: bridge && state === 'agreed' ? deedsFor(role, bridge.capabilities) : [],
      };
    }),
    people: people.map(({ instance, leg, name, number, isHost, isMuted, joinedAt }) => ({
      bridge: instance, leg, name, number, isHost, isMuted, joinedAt: joinedAt === null ? null : new Date(joinedAt).toISOString(),
    })),
    knocks: knocks.map(({ id: knock, instance, name, number, askedAt }) => ({ id: knock, bridge: instance, name, number, askedAt: new Date(askedAt).toISOString() })),
    commands: commands.map(({ id: command, instance, what, leg, state, problem, askedAt }) => ({
      id: command, bridge: instance, what, leg, state, problem, askedAt: new Date(askedAt).toISOString(),
    })),
  };
}
