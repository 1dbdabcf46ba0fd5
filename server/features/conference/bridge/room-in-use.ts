import { putWork } from '../../../store/work.ts';
import { changeOnBridge } from '../apply.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';

/** For bridges that tell only that a room was made and that it is over: somebody is in it between the two, nobody knows how many. */

/** After it was made: whoever asked for it needs a moment to come in, ms. */
const lookAfterMs = 15_000;
/** After its time: how long the bridge takes to end it, ms. Prosody looks once a minute, and then says nothing (docs/connect-jitsi.md). */
const endsWithinMs = 2 * 60_000;

/** `until`: when the bridge ends it at the latest, epoch ms, UTC. */
export async function roomOpened(deps: ConferenceDeps, { tenantId, id }: Conference, instance: string, until: number): Promise<void> {
  const now = deps.clock.now();
  await putWork(
    deps.store.db,
    { tenantId, kind: 'conference.members', key: id, dueAt: now + lookAfterMs, unlessEarlier: true },
    { tenantId, kind: 'room.over', key: `${id}/${instance}`, dueAt: until + endsWithinMs },
  );
  await changeOnBridge(deps, 'members.write', tenantId, id, instance, (_conference, { members }) => (members > 0 ? null : { change: { members: 1 }, happening: () => 'joined' }));
}

export async function roomEnded(deps: ConferenceDeps, { tenantId, id }: Conference, instance: string): Promise<void> {
  await changeOnBridge(deps, 'members.write', tenantId, id, instance, () => ({ change: { members: 0, isLocked: false }, happening: (members) => (members > 0 ? 'joined' : 'emptied') }));
}

/** Work `room.over`: the time of a room has run out, and the bridge may not have said that it is gone. Where somebody can be counted, that is done instead. */
export async function roomIsOver(deps: ConferenceDeps, tenantId: string, key: string): Promise<void> {
  const [id = '', instance = ''] = key.split('/');
  const conference = await findConference(deps.store.db, tenantId, id);
  const bridge = deps.bridges.find((each) => each.instance === instance);
  if (!conference || !bridge) return;
  const members = await bridge.occupancy(conference.room);
  if (members === null) await roomEnded(deps, conference, instance);
}
