import type { BridgeParticipant } from '../../../ports/conference-bridge.ts';
import type { Queries } from '../../../store/schema.ts';

/** Queries on who is in a room at this moment. Names and numbers come from strangers. */

/** Somebody in a room of this bridge. */
export interface PersonInRoom extends BridgeParticipant {
  instance: string;
}

export async function peopleIn(db: Queries, tenantId: string, conferenceId: string): Promise<PersonInRoom[]> {
  const rows = await db
    .selectFrom('conference_member').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('joined_at').orderBy('leg').execute();
  return rows.map((row) => ({
    instance: row.instance, leg: row.leg, name: row.name, number: row.number, isHost: row.is_host, isMuted: row.is_muted, joinedAt: row.joined_at?.getTime() ?? null,
  }));
}

/** Makes the rows of one bridge what it just said. True when that changed anything. */
export async function replacePeople(tx: Queries, tenantId: string, conferenceId: string, instance: string, people: readonly BridgeParticipant[]): Promise<boolean> {
  const known = (await peopleIn(tx, tenantId, conferenceId)).filter((each) => each.instance === instance);
  const gone = known.filter(({ leg }) => !people.some((each) => each.leg === leg)).map(({ leg }) => leg);
  const fresh = people.filter((each) => !known.some((other) => isSame(each, other)));
  if (gone.length > 0) {
    await tx
      .deleteFrom('conference_member')
      .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('instance', '=', instance).where('leg', 'in', gone)
      .execute();
  }
  if (fresh.length > 0) {
    await tx
      .insertInto('conference_member')
      .values(fresh.map((each) => ({
        tenant_id: tenantId, conference_id: conferenceId, instance, leg: each.leg, name: each.name, number: each.number,
        is_host: each.isHost, is_muted: each.isMuted, joined_at: each.joinedAt === null ? null : new Date(each.joinedAt),
      })))
      .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'instance', 'leg']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'), number: row.ref('excluded.number'), is_host: row.ref('excluded.is_host'), is_muted: row.ref('excluded.is_muted'), joined_at: row.ref('excluded.joined_at'),
      })))
      .execute();
  }
  return gone.length > 0 || fresh.length > 0;
}

function isSame(a: BridgeParticipant, b: BridgeParticipant): boolean {
  return a.leg === b.leg && a.name === b.name && a.number === b.number && a.isHost === b.isHost && a.isMuted === b.isMuted && a.joinedAt === b.joinedAt;
}
