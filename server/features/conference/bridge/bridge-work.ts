import { TheirError } from '../../../domain/errors.ts';
import type { BridgeEvent, BridgeParticipant, ConferenceBridge } from '../../../ports/conference-bridge.ts';
import { putWork } from '../../../store/work.ts';
import { changeConference, changeOnBridge } from '../apply.ts';
import { servingBridges } from './rows.ts';
import { bridgeNamed, type ServingBridge } from './bridge-set.ts';
import type { BridgeState, Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { replacePeople } from '../room/people-rows.ts';
import { heardCall } from '../room/perform.ts';
import { awaitingBridge, conferencesByRoom, findConference, occupiedOn } from '../rows.ts';

/** What the bridge and the conference owe each other. Every write is safe to repeat: the bridge is read, or told again the same thing. */

/** Longest stay of a room that has no time of its own yet, ms. */
const openEnd = 24 * 60 * 60_000;

/** Work `conference.bridge`: brings every bridge to where the conference is. Throws TheirError: the work is tried again. */
export async function bringBridge(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference) return;
  const waiting = (await servingBridges(deps.store.db, conference)).filter(({ state }) => state === 'pending' || state === 'closing');
  await onEach(waiting, (each) => tryBridge(deps, conference, each, () => (each.state === 'pending' ? agree(deps, conference, each) : close(deps, conference, each))));
}

/** All at once, so that a bridge that is away does not keep the others waiting; throws the first failure when all have ended. */
async function onEach(bridges: readonly ServingBridge[], run: (bridge: ServingBridge) => Promise<void>): Promise<void> {
  const failed = (await Promise.allSettled(bridges.map(run))).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function agree(deps: ConferenceDeps, conference: Conference, { instance }: ServingBridge): Promise<void> {
  const opens = (conference.startsAt ?? deps.clock.now()) - deps.policy.opensBeforeMs;
  const closes = (conference.closesAt ?? conference.endsAt ?? deps.clock.now() + openEnd) + deps.policy.closesAfterMs;
  await deps.effect('bridge.ensure', () =>
    bridgeNamed(deps, instance).ensure({ conferenceId: conference.id, room: conference.room, opensAt: opens, closesAt: closes, maxMembers: deps.policy.maxMembers }),
  );
  await settleBridge(deps, 'bridge.agreed.write', conference, instance, 'pending', { state: 'agreed', error: null });
}

async function close(deps: ConferenceDeps, conference: Conference, { instance }: ServingBridge): Promise<void> {
  await deps.effect('bridge.close', () => bridgeNamed(deps, instance).close(conference.room));
  await settleBridge(deps, 'bridge.closed.write', conference, instance, 'closing', { state: 'closed', error: null, members: 0, isLocked: false });
}

/** Writes the bridge's answer, unless the conference wants something else of it by now: then its own work follows. */
async function settleBridge(
  deps: ConferenceDeps, effect: 'bridge.agreed.write' | 'bridge.closed.write', { tenantId, id }: Conference, instance: string, from: BridgeState, change: Partial<ServingBridge>,
): Promise<void> {
  await changeOnBridge(deps, effect, tenantId, id, instance, (_conference, bridge) => {
    if (bridge.state !== from) return null;
    return change.members === 0 ? { change, also: (tx) => replacePeople(tx, tenantId, id, instance, []) } : { change };
  });
}

/** Keeps what the bridge said for Details, and lets the work be tried again. */
async function tryBridge(deps: ConferenceDeps, { tenantId, id }: Conference, asked: ServingBridge, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof TheirError) {
      await changeOnBridge(deps, 'members.write', tenantId, id, asked.instance, (_conference, bridge) => (bridge.state === asked.state ? { change: { error: error.message } } : null));
    }
    throw error;
  }
}

/** Somebody is in: counted again after this long, ms, so that a lost event cannot keep a conference going, and its door open, for ever. */
const recountMs = 15 * 60_000;

/** Work `conference.members`: looks who is in, on every bridge, and lets the conference begin or end by it. */
export async function countMembers(deps: ConferenceDeps, tenantId: string, id: string): Promise<{ againAt: number } | void> {
  const conference = await findConference(deps.store.db, tenantId, id);
  if (!conference) return;
  await onEach(await servingBridges(deps.store.db, conference), ({ instance }) => countOn(deps, conference, instance));
  // Somebody is in a room that should be closed: they came in the instant before. Close it again.
  const after = await findConference(deps.store.db, tenantId, id);
  const isOccupied = after !== null && after.members > 0;
  if (isOccupied && after.state !== 'scheduled' && after.state !== 'live') await changeConference(deps, 'members.write', tenantId, id, () => ({ bridges: 'closing' }));
  return isOccupied ? { againAt: deps.clock.now() + (await nextLookMs(deps, after)) } : undefined;
}

/** Where nobody tells us who comes and goes, we look often enough for people who watch the room, ms. */
const lookMs = 10_000;

async function nextLookMs(deps: ConferenceDeps, conference: Conference): Promise<number> {
  const occupied = (await servingBridges(deps.store.db, conference)).filter(({ members }) => members > 0);
  const isBlind = occupied.some(({ instance }) => {
    const capabilities = deps.bridges.find((each) => each.instance === instance)?.capabilities;
    return capabilities?.participants === true && !capabilities.events;
  });
  return isBlind ? lookMs : recountMs;
}

async function countOn(deps: ConferenceDeps, { tenantId, id, room }: Conference, instance: string): Promise<void> {
  const bridge = bridgeNamed(deps, instance);
  const seen = await deps.effect('bridge.members', () => lookInto(bridge, room));
  // A bridge that cannot tell has told by its events alone (roomOpened, roomEnded).
  if (seen === null) return;
  await changeOnBridge(deps, 'members.write', tenantId, id, instance, (before) => ({
    change: { members: seen.members, isLocked: seen.isLocked },
    // Restored while people were still in it: nobody new came, and yet it has begun.
    happening: (members) => (members > 0 ? 'joined' : 'emptied'),
    also: (tx) => replacePeople(tx, before.tenantId, id, instance, seen.people),
  }));
}

/** Who is in; null when the bridge cannot tell. */
async function lookInto(bridge: ConferenceBridge, room: string): Promise<{ members: number; isLocked: boolean; people: BridgeParticipant[] } | null> {
  const people = bridge.capabilities.participants ? await bridge.participants(room) : [];
  const members = bridge.capabilities.participants ? people.length : await bridge.occupancy(room);
  if (members === null) return null;
  return { members, people, isLocked: members > 0 && bridge.capabilities.lock && (await bridge.isLocked(room)) };
}

/** A bridge's event becomes work: counting is safe to repeat, so lost and repeated events do no harm. */
export async function heardBridge(deps: ConferenceDeps, tenantId: string, bridge: ConferenceBridge, event: BridgeEvent): Promise<void> {
  const { db } = deps.store;
  // Work of its own, for the bridge may go away again before it has said who is in.
  if (event.type === 'resync') return putWork(db, { tenantId, kind: 'bridge.resync', key: bridge.instance, dueAt: deps.clock.now() });
  const conferences = await conferencesByRoom(db, tenantId, bridge.instance, [event.room]);
  if (event.type === 'called') for (const each of conferences) await heardCall(deps, each, event);
  await putEach(deps, tenantId, 'conference.members', conferences);
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
  const rooms = await bridgeNamed(deps, instance).liveRooms();
  const live = await conferencesByRoom(db, tenantId, instance, rooms);
  await put('conference.members', [...(await occupiedOn(db, tenantId, instance)), ...live]);
}

/** Work `conference.time`: time itself has come for this conference. */
export async function timeHasCome(deps: ConferenceDeps, tenantId: string, id: string): Promise<void> {
  await changeConference(deps, 'time.write', tenantId, id, () => ({ happening: 'time' }));
}
