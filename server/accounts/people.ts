import type { MailboxRef } from '../domain/calendar.ts';
import { OurError, UserError } from '../domain/errors.ts';
import type { CalendarSource, MailboxProfile } from '../ports/calendar-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queries } from '../store/schema.ts';
import type { RunTransaction } from '../store/transaction.ts';
import { putWork } from '../store/work.ts';
import { claimKnown } from './lines/rows.ts';
import { relink, type LinkChange } from './mailbox/relink.ts';
import {
  addIdentity, addLink, allLinks, ensureTenant, findByIdentity, findByObjectId, findPeople, findPerson, identitiesOf, identityOf, insertPerson, linkedAmong, linkOfPerson, linksOf, linksOfMany, oneAtATime, ownDomains, ownerOfMailbox, ownerOfMailboxIn,
  peopleByAddress, searchPeople, updatePerson,
  type MailboxLink, type Person,
} from './rows.ts';

export type { LinkChange } from './mailbox/relink.ts';

export interface AccountsDeps {
  clock: Clock;
  store: { db: Queries; transaction: RunTransaction };
  /** In the order in which a person's calendar is looked for. */
  calendars: readonly CalendarSource[];
}

/** Somebody whom Entra, or another OpenID provider, has vouched for. */
export type SignedIn = { name: string; address: string } & ({ entraTenant: string; objectId: string } | { issuer: string; subject: string });

export interface Accounts {
  ensureTenant(tenantId: string, name: string): Promise<void>;
  /** The person behind a sign-in, made at first sight. Known by tenant and object id, or by issuer and subject, never by an address. */
  personFor(tenantId: string, signedIn: SignedIn): Promise<Person>;
  person(tenantId: string, personId: string): Promise<Person | null>;
  /** Whose calendar a person's is: the link that stands, else looked up once. Null when no connected system has one. Throws TheirError while a system cannot say. */
  mailboxOf(tenantId: string, personId: string): Promise<{ instance: string; id: string; address: string } | null>;
  /** Every mail address that sign-in, directory or an administrator says is theirs, lower case. */
  addressesOf(tenantId: string, personId: string): Promise<string[]>;
  /** The one person who is known by an address already; null for nobody, or more than one. Asks no other system. */
  knownByAddress(tenantId: string, address: string): Promise<string | null>;
  /** The same for many addresses, lower case; those that mean nobody, or more than one, are not in it. */
  knownByAddresses(tenantId: string, addresses: readonly string[]): Promise<Map<string, string>>;
  /** Those of these people who exist, and whether a mailbox in a connected calendar is linked to them. Asks no other system. */
  many(tenantId: string, personIds: readonly string[]): Promise<(Person & { hasMailbox: boolean })[]>;
  /** People with a word of their name, or an address, that begins so. */
  search(tenantId: string, text: string, limit: number): Promise<Person[]>;
  /** Domains of the addresses of people here, lower case. */
  domains(tenantId: string): Promise<string[]>;
  /** The one person whom an address means, found or made from a connected calendar; null when there is none, or more than one. Throws TheirError. */
  personByAddress(tenantId: string, address: string): Promise<Person | null>;
  /** Whose a mailbox is, as far as it is linked; null otherwise. */
  ownerOfMailbox(tenantId: string, mailbox: MailboxRef): Promise<Person | null>;
  /** The same as `mailboxOf` of many people, as far as links stand: asks no other system. */
  linkedMailboxes(tenantId: string, personIds: readonly string[]): Promise<Map<string, MailboxRef>>;
  /** Which mailbox counts as somebody's, and who said so; null while none is linked. Asks no other system. */
  mailboxLink(tenantId: string, personId: string): Promise<{ instance: string; address: string; source: string } | null>;
  /** Every linked mailbox of the connected systems. */
  mailboxes(tenantId: string): Promise<MailboxRef[]>;
  /** An administrator's word on whose a mailbox is (mailbox/relink.ts). @throws UserError 404, 409, 422; TheirError while a system cannot say. */
  linkMailbox(tenantId: string, personId: string, wanted: { address: string; take: boolean }): Promise<{ instance: string; address: string; source: string }>;
  /** Whoever follows people's mailboxes hears, in the transaction, whose changed, and who got a first one. */
  onLinked(fn: (tx: Queries, tenantId: string, change: LinkChange) => Promise<void>): void;
}

/** A name is written again at most this often only to say when somebody was last seen. */
const seenMs = 24 * 60 * 60_000;

export function createAccounts({ clock, store, calendars }: AccountsDeps): Accounts {
  const instances = calendars.map((calendar) => calendar.instance);
  const listeners: Parameters<Accounts['onLinked']>[0][] = [];

  async function tellLinked(tx: Queries, tenantId: string, changes: readonly LinkChange[]): Promise<void> {
    for (const change of changes) for (const listener of listeners) await listener(tx, tenantId, change);
  }

  /** The first mailbox of somebody, by the directory. False when it is somebody else's. */
  async function linkFirst(tx: Queries, tenantId: string, personId: string, link: MailboxLink): Promise<boolean> {
    const { isTheirs, isNew } = await addLink(tx, tenantId, personId, link, 'directory', clock.now());
    if (isNew) await tellLinked(tx, tenantId, [{ personId, was: [] }]);
    return isTheirs;
  }

  async function linkMailbox(tenantId: string, personId: string, { address, take }: { address: string; take: boolean }): Promise<{ instance: string; address: string; source: string }> {
    const found = await lookUp(address.trim().toLowerCase());
    if (!found) throw new UserError(422, { code: 'mailbox-unknown', field: 'address', message: `No connected calendar has a mailbox ${address}.`, remedy: 'Write an address of the mailbox as its mail system knows it.' });
    await store.transaction(async (tx) => tellLinked(tx, tenantId, await relink(tx, tenantId, { personId, found, take, instances, now: clock.now() })));
    return { instance: found.instance, address: found.addresses[0] ?? '', source: 'administrator' };
  }

  async function personFor(tenantId: string, signedIn: SignedIn): Promise<Person> {
    const { kind, value } = identityIn(signedIn);
    const address = signedIn.address.trim().toLowerCase();
    const name = signedIn.name.trim() || address;
    const [known] = await findByIdentity(store.db, tenantId, kind, value);
    const now = clock.now();
    if (!known) return firstSight(tenantId, { kind, value }, 'objectId' in signedIn ? signedIn.objectId : null, { name, address });
    if (known.name !== name || known.address !== address || now - known.lastSeenAt > seenMs) {
      await updatePerson(store.db, tenantId, { personId: known.personId, name, address }, now);
      if (address !== '' && known.address !== address) await store.transaction((tx) => addAddress(tx, tenantId, known.personId, address, now));
    }
    return { personId: known.personId, name, address };
  }

  /** An address by which a sign-in knows somebody. A line that waits for its owner of that address has them within a moment: where there is no directory to ask, people are known by nothing else. */
  async function addAddress(tx: Queries, tenantId: string, personId: string, address: string, now: number): Promise<void> {
    await addIdentity(tx, tenantId, personId, 'address', address, 'sign-in', now);
    if (await claimKnown(tx, tenantId, address)) await putWork(tx, { tenantId, kind: 'lines.claims', key: 'all', dueAt: now });
  }

  /** Makes the person, or recognises one who was made before as the owner of a calendar: there the object id is the mailbox's id. */
  async function firstSight(tenantId: string, { kind, value }: { kind: 'entra' | 'oidc'; value: string }, objectId: string | null, said: Omit<Person, 'personId'>): Promise<Person> {
    const now = clock.now();
    const made = await store.transaction(async (tx) => {
      await oneAtATime(tx, tenantId);
      const owner = objectId === null ? null : await ownerOfMailboxIn(tx, tenantId, instances, objectId);
      const personId = owner?.personId ?? (await insertPerson(tx, tenantId, said, now));
      if (!(await addIdentity(tx, tenantId, personId, kind, value, 'sign-in', now))) throw new SeenElsewhere();
      if (said.address !== '') await addAddress(tx, tenantId, personId, said.address, now);
      return { personId, ...said };
    }).catch((error: unknown) => {
      if (error instanceof SeenElsewhere) return null;
      throw error;
    });
    if (made) return made;
    const [other] = await findByIdentity(store.db, tenantId, kind, value);
    if (!other) throw new OurError('a person was neither made nor found');
    return { personId: other.personId, name: other.name, address: other.address };
  }

  async function mailboxOf(tenantId: string, personId: string): Promise<{ instance: string; id: string; address: string } | null> {
    const link = (await linksOf(store.db, tenantId, personId)).find((each) => instances.includes(each.instance));
    if (link) return { instance: link.instance, id: link.mailboxId, address: link.address };
    // By the object id only: an address in a token may be another person's by now.
    const objectId = (await identityOf(store.db, tenantId, personId, 'entra'))?.split('/')[1];
    const found = objectId === undefined ? null : await lookUp(objectId);
    if (!found) return null;
    const fresh = linkOf(found);
    const isTheirs = await store.transaction((tx) => linkFirst(tx, tenantId, personId, fresh));
    return isTheirs ? { instance: fresh.instance, id: fresh.mailboxId, address: fresh.address } : null;
  }

  async function personByAddress(tenantId: string, address: string): Promise<Person | null> {
    const wanted = address.trim().toLowerCase();
    const known = await findByIdentity(store.db, tenantId, 'address', wanted);
    if (known.length > 1) return null;
    if (known[0]) return known[0];
    const found = await lookUp(wanted);
    if (!found) return null;
    const owner = await ownerOfMailbox(store.db, tenantId, found.instance, found.id);
    return owner ?? ownerMade(tenantId, found);
  }

  /** Makes the owner of a mailbox, or recognises one who has signed in already: their object id is the mailbox's id. */
  async function ownerMade(tenantId: string, found: MailboxProfile): Promise<Person | null> {
    const now = clock.now();
    const link = linkOf(found);
    await store.transaction(async (tx) => {
      await oneAtATime(tx, tenantId);
      if (await ownerOfMailbox(tx, tenantId, link.instance, link.mailboxId)) return;
      const signedIn = await findByObjectId(tx, tenantId, found.id);
      const personId = signedIn?.personId ?? (await insertPerson(tx, tenantId, { name: found.displayName || link.address, address: link.address }, now));
      await linkFirst(tx, tenantId, personId, link);
      for (const each of found.addresses) await addIdentity(tx, tenantId, personId, 'address', each, 'directory', now);
    });
    return ownerOfMailbox(store.db, tenantId, found.instance, found.id);
  }

  async function lookUp(addressOrId: string): Promise<MailboxProfile | null> {
    for (const calendar of calendars) {
      const found = await calendar.findMailbox(addressOrId);
      if (found) return found;
    }
    return null;
  }

  return {
    ensureTenant: (tenantId, name) => ensureTenant(store.db, tenantId, name, clock.now()),
    personFor,
    person: (tenantId, personId) => findPerson(store.db, tenantId, personId),
    mailboxOf,
    async knownByAddress(tenantId, address) {
      const [only, other] = await findByIdentity(store.db, tenantId, 'address', address.trim().toLowerCase());
      return only && !other ? only.personId : null;
    },
    async knownByAddresses(tenantId, addresses) {
      const found = await peopleByAddress(store.db, tenantId, [...new Set(addresses)]);
      return new Map([...found].flatMap(([address, [only, ...others]]) => (only !== undefined && others.length === 0 ? [[address, only] as const] : [])));
    },
    async many(tenantId, personIds) {
      const [people, linked] = await Promise.all([findPeople(store.db, tenantId, personIds), linkedAmong(store.db, tenantId, personIds, instances)]);
      return people.map((person) => ({ ...person, hasMailbox: linked.has(person.personId) }));
    },
    search: (tenantId, text, limit) => searchPeople(store.db, tenantId, text, limit),
    domains: (tenantId) => ownDomains(store.db, tenantId),
    addressesOf: (tenantId, personId) => identitiesOf(store.db, tenantId, personId, 'address'),
    personByAddress,
    ownerOfMailbox: (tenantId, { instance, id }) => ownerOfMailbox(store.db, tenantId, instance, id),
    mailboxLink: (tenantId, personId) => linkOfPerson(store.db, tenantId, personId, instances),
    async linkedMailboxes(tenantId, personIds) {
      const all = await linksOfMany(store.db, tenantId, personIds, instances);
      return new Map(all.map(({ personId, instance, mailboxId }) => [personId, { instance, id: mailboxId }]));
    },
    linkMailbox,
    onLinked: (fn) => void listeners.push(fn),
    mailboxes: async (tenantId) => (await allLinks(store.db, tenantId)).filter(({ instance }) => instances.includes(instance)).map(({ instance, mailboxId }) => ({ instance, id: mailboxId })),
  };
}

/** Subjects and issuers are compared letter by letter (OpenID Connect Core §2); the ids of Entra are GUIDs, in any case. */
function identityIn(signedIn: SignedIn): { kind: 'entra' | 'oidc'; value: string } {
  if ('objectId' in signedIn) return { kind: 'entra', value: `${signedIn.entraTenant}/${signedIn.objectId}`.toLowerCase() };
  return { kind: 'oidc', value: `${signedIn.issuer} ${signedIn.subject}` };
}

function linkOf(found: MailboxProfile): MailboxLink {
  return { instance: found.instance, mailboxId: found.id, address: found.addresses[0] ?? '' };
}

/** Rolls a transaction back in which another process was faster. */
class SeenElsewhere extends Error {}
