import type { Selectable } from 'kysely';
import type { Queries } from '../../../store/schema.ts';
import type { ConferenceBridgeTable } from '../../../store/tables/conference.ts';
import type { ServingBridge } from './bridge-set.ts';
import type { BridgeState, Conference } from '../conference.ts';

/** Every query on the bridges of conferences. Instants go in and out as epoch ms. */

function fromRow(row: Selectable<ConferenceBridgeTable>): ServingBridge {
  return { instance: row.instance, state: row.state as BridgeState, since: row.since.getTime(), error: row.error, members: row.members, isLocked: row.is_locked };
}

/** The bridges of a conference. One that was written by the release before has no rows, only its own columns. */
export async function servingBridges(db: Queries, conference: Conference): Promise<ServingBridge[]> {
  const rows = await db
    .selectFrom('conference_bridge').selectAll()
    .where('tenant_id', '=', conference.tenantId).where('conference_id', '=', conference.id).orderBy('instance').execute();
  if (rows.length > 0 || conference.bridgeState === 'none') return rows.map(fromRow);
  const { bridgeInstance, bridgeState, bridgeSince, bridgeError, members, stateSince } = conference;
  return [{ instance: bridgeInstance, state: bridgeState, since: bridgeSince ?? stateSince, error: bridgeError, members, isLocked: false }];
}

export async function writeBridge(tx: Queries, conference: Conference, bridge: ServingBridge): Promise<void> {
  const columns = { state: bridge.state, since: new Date(bridge.since), error: bridge.error, members: bridge.members, is_locked: bridge.isLocked };
  await tx
    .insertInto('conference_bridge').values({ tenant_id: conference.tenantId, conference_id: conference.id, instance: bridge.instance, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'instance']).doUpdateSet(columns))
    .execute();
}

/** The conference no longer uses these. */
export async function dropBridges(tx: Queries, conference: Conference, instances: readonly string[]): Promise<void> {
  if (instances.length === 0) return;
  await tx
    .deleteFrom('conference_bridge')
    .where('tenant_id', '=', conference.tenantId).where('conference_id', '=', conference.id).where('instance', 'in', instances)
    .execute();
}
