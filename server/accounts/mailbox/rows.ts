import { sql } from 'kysely';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { Queries } from '../../store/schema.ts';

/** Queries for mailboxes that become somebody else's. */

export async function dropLinks(tx: Queries, tenantId: string, mailboxes: readonly MailboxRef[]): Promise<void> {
  for (const { instance, id } of mailboxes) await tx.deleteFrom('mailbox_link').where('tenant_id', '=', tenantId).where('instance', '=', instance).where('mailbox_id', '=', id).execute();
}

/** Whoever signs in with this object id of Entra (a GUID, in any case) is another person here from now on. */
export async function moveObjectId(tx: Queries, tenantId: string, { objectId, from, to }: { objectId: string; from: string; to: string }): Promise<void> {
  await tx.updateTable('identity').set({ person_id: to }).where('tenant_id', '=', tenantId).where('kind', '=', 'entra').where('person_id', '=', from)
    .where(sql<boolean>`split_part(value, '/', 2) = ${objectId.toLowerCase()}`).execute();
}

/** Addresses that would else be two people's. */
export async function takeAddresses(tx: Queries, tenantId: string, { addresses, from }: { addresses: readonly string[]; from: string }): Promise<void> {
  if (addresses.length === 0) return;
  await tx.deleteFrom('identity').where('tenant_id', '=', tenantId).where('kind', '=', 'address').where('person_id', '=', from).where('value', 'in', [...addresses]).execute();
}
