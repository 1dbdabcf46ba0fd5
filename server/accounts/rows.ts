import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Queries } from '../store/schema.ts';

/** Every query on the tables of accounts. Instants epoch ms, UTC. */

export interface Person {
  personId: string;
  name: string;
  address: string;
}

interface PersonSeen extends Person {
  lastSeenAt: number;
}

export interface MailboxLink {
  instance: string;
  mailboxId: string;
  address: string;
}

type Kind = 'entra' | 'oidc' | 'exchange' | 'address';

export async function ensureTenant(db: Queries, tenantId: string, name: string, now: number): Promise<void> {
  await db
    .insertInto('tenant')
    .values({ tenant_id: tenantId, name, created_at: new Date(now) })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ name }))
    .execute();
}

export async function findPerson(db: Queries, tenantId: string, personId: string): Promise<Person | null> {
  const row = await db.selectFrom('person').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).executeTakeFirst();
  return row ? { personId: row.person_id, name: row.name, address: row.address } : null;
}

/** Those of these people who exist. */
export async function findPeople(db: Queries, tenantId: string, personIds: readonly string[]): Promise<Person[]> {
  if (personIds.length === 0) return [];
  const rows = await db.selectFrom('person').select(['person_id', 'name', 'address']).where('tenant_id', '=', tenantId).where('person_id', 'in', [...personIds]).execute();
  return rows.map((row) => ({ personId: row.person_id, name: row.name, address: row.address }));
}

/** People with a word of their name, or an address, that begins so; in the order of their names. What the words of LIKE mean is taken from `text`. */
export async function searchPeople(db: Queries, tenantId: string, text: string, limit: number): Promise<Person[]> {
  const start = `${text.trim().toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await db.selectFrom('person').select(['person_id', 'name', 'address']).where('tenant_id', '=', tenantId).where('address', '!=', '')
    .where((row) => row.or([row(sql<string>`lower(name)`, 'like', start), row(sql<string>`lower(name)`, 'like', `% ${start}`), row('address', 'like', start)]))
    .orderBy('name').limit(limit).execute();
  return rows.map((row) => ({ personId: row.person_id, name: row.name, address: row.address }));
}

/** Which of these people have a mailbox in one of these systems, as far as it is linked. */
export async function linkedAmong(db: Queries, tenantId: string, personIds: readonly string[], instances: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0 || instances.length === 0) return new Set();
  const rows = await db.selectFrom('mailbox_link').select('person_id').where('tenant_id', '=', tenantId).where('person_id', 'in', [...personIds]).where('instance', 'in', [...instances]).execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Domains of mail addresses that are somebody's here by sign-in or directory, lower case. */
export async function ownDomains(db: Queries, tenantId: string): Promise<string[]> {
  const rows = await db.selectFrom('identity').select(sql<string>`split_part(value, '@', 2)`.as('domain')).distinct().where('tenant_id', '=', tenantId).where('kind', '=', 'address').execute();
  return rows.map((row) => row.domain).filter((domain) => domain !== '');
}

/** Everybody who is known by this; more than one only for addresses. */
export async function findByIdentity(db: Queries, tenantId: string, kind: Kind, value: string): Promise<PersonSeen[]> {
  const rows = await db
    .selectFrom('identity')
    .innerJoin('person', (join) => join.onRef('person.tenant_id', '=', 'identity.tenant_id').onRef('person.person_id', '=', 'identity.person_id'))
    .select(['person.person_id', 'person.name', 'person.address', 'person.last_seen_at'])
    .where('identity.tenant_id', '=', tenantId)
    .where('identity.kind', '=', kind)
    .where('identity.value', '=', value)
    .execute();
  return rows.map((row) => ({ personId: row.person_id, name: row.name, address: row.address, lastSeenAt: row.last_seen_at.getTime() }));
}

/** All of the person's identities of one kind. */
export async function identitiesOf(db: Queries, tenantId: string, personId: string, kind: Kind): Promise<string[]> {
  const rows = await db.selectFrom('identity').select('value').where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('kind', '=', kind).execute();
  return rows.map(({ value }) => value);
}

/** The person's identity of one kind, the oldest; null when there is none. */
export async function identityOf(db: Queries, tenantId: string, personId: string, kind: Kind): Promise<string | null> {
  const row = await db
    .selectFrom('identity')
    .select('value')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .orderBy('created_at')
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function insertPerson(tx: Queries, tenantId: string, { name, address }: Omit<Person, 'personId'>, now: number): Promise<string> {
  const personId = randomUUID();
  await tx
    .insertInto('person')
    .values({ tenant_id: tenantId, person_id: personId, name, address, created_at: new Date(now), last_seen_at: new Date(now) })
    .execute();
  return personId;
}

export async function updatePerson(db: Queries, tenantId: string, { personId, name, address }: Person, now: number): Promise<void> {
  await db
    .updateTable('person')
    .set({ name, address, last_seen_at: new Date(now) })
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .execute();
}

/** False when somebody else has it already (never for addresses). */
export async function addIdentity(db: Queries, tenantId: string, personId: string, kind: Kind, value: string, source: string, now: number): Promise<boolean> {
  const added = await db
    .insertInto('identity')
    .values({ tenant_id: tenantId, kind, value, person_id: personId, source, created_at: new Date(now) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  const holders = await findByIdentity(db, tenantId, kind, value);
  return holders.some((holder) => holder.personId === personId);
}

export async function linksOf(db: Queries, tenantId: string, personId: string): Promise<MailboxLink[]> {
  const rows = await db
    .selectFrom('mailbox_link')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ instance: row.instance, mailboxId: row.mailbox_id, address: row.address }));
}

/** The first mailbox of somebody that one of these systems has, and who said that it is theirs. */
export async function linkOfPerson(db: Queries, tenantId: string, personId: string, instances: readonly string[]): Promise<{ instance: string; address: string; source: string } | null> {
  const row = await db.selectFrom('mailbox_link').select(['instance', 'address', 'source']).where('tenant_id', '=', tenantId).where('person_id', '=', personId).where('instance', '=', sql<string>`any(${[...instances]})`)
    .orderBy('created_at').limit(1).executeTakeFirst();
  return row ?? null;
}

/** The first mailbox of each of many people that one of these systems has. */
export async function linksOfMany(db: Queries, tenantId: string, personIds: readonly string[], instances: readonly string[]): Promise<{ personId: string; instance: string; mailboxId: string }[]> {
  const rows = await db.selectFrom('mailbox_link').distinctOn('person_id').select(['person_id', 'instance', 'mailbox_id'])
    .where('tenant_id', '=', tenantId).where('person_id', '=', sql<string>`any(${[...personIds]})`).where('instance', '=', sql<string>`any(${[...instances]})`)
    .orderBy('person_id').orderBy('created_at').execute();
  return rows.map((row) => ({ personId: row.person_id, instance: row.instance, mailboxId: row.mailbox_id }));
}

/** Whose mailbox it is; null when it is nobody's yet. */
export async function ownerOfMailbox(db: Queries, tenantId: string, instance: string, mailboxId: string): Promise<Person | null> {
  const row = await db
    .selectFrom('mailbox_link')
    .select('person_id')
    .where('tenant_id', '=', tenantId)
    .where('instance', '=', instance)
    .where('mailbox_id', '=', mailboxId)
    .executeTakeFirst();
  return row ? findPerson(db, tenantId, row.person_id) : null;
}

/** Every mailbox that is somebody's. */
export async function allLinks(db: Queries, tenantId: string): Promise<MailboxLink[]> {
  const rows = await db.selectFrom('mailbox_link').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').execute();
  return rows.map((row) => ({ instance: row.instance, mailboxId: row.mailbox_id, address: row.address }));
}

/** The owner of any mailbox that has this id in one of these systems. */
export async function ownerOfMailboxIn(db: Queries, tenantId: string, instances: readonly string[], mailboxId: string): Promise<Person | null> {
  for (const instance of instances) {
    const owner = await ownerOfMailbox(db, tenantId, instance, mailboxId);
    if (owner) return owner;
  }
  return null;
}

/** Links a mailbox to a person. `isTheirs` is false when it is somebody else's already, `isNew` when it was linked before. */
export async function addLink(db: Queries, tenantId: string, personId: string, link: MailboxLink, source: string, now: number): Promise<{ isTheirs: boolean; isNew: boolean }> {
  const added = await db
    .insertInto('mailbox_link')
    .values({ tenant_id: tenantId, instance: link.instance, mailbox_id: link.mailboxId, person_id: personId, address: link.address, source, created_at: new Date(now) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'instance', 'mailbox_id']).doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) return { isTheirs: true, isNew: true };
  const owner = await ownerOfMailbox(db, tenantId, link.instance, link.mailboxId);
  return { isTheirs: owner?.personId === personId, isNew: false };
}

/** Who is known by these addresses, lower case; several people where an address was claimed by several. Addresses that nobody has are not in it. */
export async function peopleByAddress(db: Queries, tenantId: string, addresses: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const atOnce = 5_000;
  for (let first = 0; first < addresses.length; first += atOnce) {
    const rows = await db.selectFrom('identity').select(['value', 'person_id']).where('tenant_id', '=', tenantId).where('kind', '=', 'address').where('value', 'in', addresses.slice(first, first + atOnce)).execute();
    for (const { value, person_id: personId } of rows) found.set(value, [...(found.get(value) ?? []), personId]);
  }
  return found;
}

/**
 * Until the transaction ends, nobody else makes a person here: whoever signs in for the first time and the owner of a mailbox that is looked up at that moment are
 * one and the same, and neither transaction would see the other's.
 */
export async function oneAtATime(tx: Queries, tenantId: string): Promise<void> {
  await tx.selectFrom('tenant').select('tenant_id').where('tenant_id', '=', tenantId).forNoKeyUpdate().execute();
}

/** Who has signed in with this object id of Entra (a GUID, in any case); null for nobody, and for ids of other kinds. */
export async function findByObjectId(db: Queries, tenantId: string, objectId: string): Promise<Person | null> {
  const row = await db
    .selectFrom('identity')
    .select('person_id')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', 'entra')
    .where(sql<boolean>`split_part(value, '/', 2) = ${objectId.toLowerCase()}`)
    .executeTakeFirst();
  return row ? findPerson(db, tenantId, row.person_id) : null;
}
