import type { MailboxRef } from '../../../domain/calendar.ts';
import type { Queries } from '../../../store/schema.ts';

/** Queries on copied meetings. Instants epoch ms, UTC. */
export interface ConferenceCopy {
  mailbox: MailboxRef;
  eventId: string;
  eventVersion: string;
  startsAt: number;
  state: 'own' | 'left-alone';
  ownId: string | null;
  mailed: number;
  at: number;
}

export async function copiesOf(db: Queries, tenantId: string, conferenceId: string): Promise<ConferenceCopy[]> {
  const rows = await db.selectFrom('conference_copy').selectAll().where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('starts_at').execute();
  return rows.map((row) => ({
    mailbox: { instance: row.instance, id: row.mailbox_id }, eventId: row.event_id, eventVersion: row.event_version, startsAt: row.starts_at.getTime(),
    state: row.state === 'own' ? 'own' : 'left-alone', ownId: row.own_id, mailed: row.mailed, at: row.at.getTime(),
  }));
}

export async function findCopy(db: Queries, tenantId: string, conferenceId: string, mailbox: MailboxRef, eventId: string): Promise<ConferenceCopy | null> {
  const all = await copiesOf(db, tenantId, conferenceId);
  return all.find((each) => each.eventId === eventId && each.mailbox.id === mailbox.id && each.mailbox.instance === mailbox.instance) ?? null;
}

export async function saveCopy(tx: Queries, tenantId: string, conferenceId: string, copy: ConferenceCopy): Promise<void> {
  const row = { event_version: copy.eventVersion, starts_at: new Date(copy.startsAt), state: copy.state, own_id: copy.ownId, mailed: copy.mailed, at: new Date(copy.at) };
  await tx
    .insertInto('conference_copy')
    .values({ tenant_id: tenantId, conference_id: conferenceId, instance: copy.mailbox.instance, mailbox_id: copy.mailbox.id, event_id: copy.eventId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'instance', 'mailbox_id', 'event_id']).doUpdateSet(row))
    .execute();
}
