import { TheirError } from '../../domain/errors.ts';
import type { BridgeEvent, ConferenceBridge } from '../../ports/conference-bridge.ts';
import { putWork } from '../../store/work.ts';
import { changeConference } from './apply.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { awaitingBridge, conferencesByRoom, findConference, occupiedOn } from './rows.ts';

/** What the bridge and the conference owe each other. Every write is safe to repeat: the bridge is read, or told again the same thing. */

/** Longest stay of a room that has no time of its own yet, ms. */
const openEnd = 24 * 60 * 60_000;

export function bridgeOf(deps: ConferenceDeps, instance: string): ConferenceBridge {
  const bridge = deps.bridges.find((each) => each.instance === instance);
  if (bridge) return bridge;
  throw new TheirError(instance, 'unavailable', 'is no longer configured', { remedy: `Connect a bridge called "${instance}", or move its conferences.` });
}

/** Work `conference.bridge`: brings the bridge to where the conference is. Throws TheirError: the work is tried again. */
export async function bringBridge(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference) return;
  if (conference.bridgeState === 'pending') return tryBridge(deps, conference, () => agree(deps, conference));
  if (conference.bridgeState === 'closing') return tryBridge(deps, conference, () => close(deps, conference));
}

async function agree(deps: ConferenceDeps, conference: Conference): Promise<void> {
  const opens = (conference.startsAt ?? deps.clock.now()) - deps.policy.opensBeforeMs;
  const closes = (conference.closesAt ?? conference.endsAt ?? deps.clock.now() + openEnd) + deps.policy.closesAfterMs;
  await deps.effect('bridge.ensure', () =>
    bridgeOf(deps, conference.bridgeInstance).ensure({
      conferenceId: conference.id, room: conference.room, opensAt: opens, closesAt: closes, maxMembers: deps.policy.maxMembers,
    }),
  );
  await settleBridge(deps, 'bridge.agreed.write', conference, 'pending', 'agreed');
}

async function close(deps: ConferenceDeps, conference: Conference): Promise<void> {
  await deps.effect('bridge.close', () => bridgeOf(deps, conference.bridgeInstance).close(conference.room));
  await settleBridge(deps, 'bridge.closed.write', conference, 'closing', 'closed');
}

/** Writes the bridge's answer, unless the conference wants something else by now: then its own work follows. */
async function settleBridge(
  deps: ConferenceDeps, effect: 'bridge.agreed.write' | 'bridge.closed.write', conference: Conference, from: Conference['bridgeState'], to: Conference['bridgeState'],
): Promise<void> {
  await changeConference(deps, effect, conference.tenantId, conference.id, (before) => {
    if (before.bridgeState !== from) return null;
    return { fields: { bridgeState: to, bridgeSince: deps.clock.now(), bridgeError: null, ...(to === 'closed' ? { members: 0 } : {}) } };
  });
}

/** Keeps what the bridge said for Details, and lets the work be tried again. */
async function tryBridge(deps: ConferenceDeps, conference: Conference, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof TheirError) {
      await changeConference(deps, 'members.write', conference.tenantId, conference.id, (before) =>
        before.bridgeState === conference.bridgeState ? { fields: { bridgeError: error.message } } : null,
      );
    }
    throw error;
  }
}

/** Somebody is in: counted again after this long, ms, so that a lost event cannot keep a conference going, and its door open, for ever. */
const recountMs = 15 * 60_000;

/** Work `conference.members`: counts who is in, and lets the conference begin or end by it. */
export async function countMembers(deps: ConferenceDeps, tenantId: string, id: string): Promise<{ againAt: number } | void> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference) return;
  const bridge = bridgeOf(deps, conference.bridgeInstance);
  const members = await deps.effect('bridge.members', async () => (await bridge.participants(conference.room)).length);
  await changeConference(deps, 'members.write', tenantId, id, (before) => {
    // Restored while people were still in it: nobody new came, and yet it has begun.
    if (before.members === members && (members === 0 || before.state !== 'scheduled')) return null;
    return { happening: members > 0 ? 'joined' : 'emptied', fields: { members } };
  });
  // Somebody is in a room that should be closed: they came in the instant before. Close it again.
  const after = await findConference(deps.store.db, tenantId, id);
  if (members > 0 && after && after.state !== 'scheduled' && after.state !== 'live') {
    await changeConference(deps, 'members.write', tenantId, id, () => ({ fields: { bridgeState: 'closing', bridgeSince: deps.clock.now() } }));
  }
  return members > 0 ? { againAt: deps.clock.now() + recountMs } : undefined;
}

/** A bridge's event becomes work: counting is safe to repeat, so lost and repeated events do no harm. */
export async function heardBridge(deps: ConferenceDeps, tenantId: string, bridge: ConferenceBridge, event: BridgeEvent): Promise<void> {
  const { db } = deps.store;
  // Work of its own, for the bridge may go away again before it has said who is in.
  if (event.type === 'resync') return putWork(db, { tenantId, kind: 'bridge.resync', key: bridge.instance, dueAt: deps.clock.now() });
  await putEach(deps, tenantId, 'conference.members', await conferencesByRoom(db, tenantId, bridge.instance, [event.room]));
}

function putEach(deps: ConferenceDeps, tenantId: string, kind: string, conferences: readonly Conference[]): Promise<void> {
  const dueAt = deps.clock.now();
  return putWork(deps.store.db, ...conferences.map(({ id }) => ({ tenantId, kind, key: id, dueAt })));
}

/** Work `bridge.resync`: it was away; what waits for it need not wait for its next try, and whoever came or went meanwhile is counted. */
export async function resync(deps: ConferenceDeps, tenantId: string, instance: string): Promise<void> {
  const { db } = deps.store;
  const put = (kind: string, conferences: readonly Conference[]): Promise<void> => putEach(deps, tenantId, kind, conferences);
  await put('conference.bridge', await awaitingBridge(db, tenantId, instance));
  const rooms = await bridgeOf(deps, instance).liveRooms();
  const live = await conferencesByRoom(db, tenantId, instance, rooms);
  await put('conference.members', [...(await occupiedOn(db, tenantId, instance)), ...live]);
}

/** Work `conference.time`: time itself has come for this conference. */
export async function timeHasCome(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  await changeConference(deps, 'time.write', tenantId, id, () => ({ happening: 'time' }));
}
