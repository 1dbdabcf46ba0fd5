import type { MailboxRef } from '../../domain/calendar.ts';
import { UserError } from '../../domain/errors.ts';
import type { MailboxProfile } from '../../ports/calendar-source.ts';
import type { Queries } from '../../store/schema.ts';
import { addIdentity, addLink, findByObjectId, findPerson, linksOf, oneAtATime, ownerOfMailbox, type Person } from '../rows.ts';
import { dropLinks, moveObjectId, takeAddresses } from './rows.ts';

/** Whose mailbox is another one now. */
export interface LinkChange {
  personId: string;
  /** Mailboxes that were theirs until now, of systems that are connected. */
  was: readonly MailboxRef[];
}

/**
 * A mailbox counts as this person's from now on, and none but it: an administrator's word, which stands over what a directory says. Somebody whose account was deleted and made anew has another id there, is a stranger
 * here when they sign in, and their line follows a calendar that is gone: with `take` mailbox, sign-in and addresses of that stranger become this person's. Never by an address alone, which may be a successor's.
 * Returns whose mailboxes changed.
 * @throws UserError 404 for nobody, 409 for a mailbox that is somebody else's.
 */
export async function relink(tx: Queries, tenantId: string, { personId, found, take, instances, now }: { personId: string; found: MailboxProfile; take: boolean; instances: readonly string[]; now: number }): Promise<LinkChange[]> {
  await oneAtATime(tx, tenantId);
  if (!(await findPerson(tx, tenantId, personId))) throw unknown();
  const other = await otherOwner(tx, tenantId, personId, found);
  if (other && !take) throw taken(other);
  const was = (await linksOf(tx, tenantId, personId)).filter(({ instance }) => instances.includes(instance)).map(({ instance, mailboxId }) => ({ instance, id: mailboxId }));
  const isTheirs = was.length === 1 && was[0]?.instance === found.instance && was[0].id === found.id;
  await dropLinks(tx, tenantId, [...was, found]);
  await addLink(tx, tenantId, personId, { instance: found.instance, mailboxId: found.id, address: found.addresses[0] ?? '' }, 'administrator', now);
  if (other) {
    await moveObjectId(tx, tenantId, { objectId: found.id, from: other.personId, to: personId });
    await takeAddresses(tx, tenantId, { addresses: found.addresses, from: other.personId });
  }
  for (const address of found.addresses) await addIdentity(tx, tenantId, personId, 'address', address, 'administrator', now);
  return [...(isTheirs ? [] : [{ personId, was: was.filter(({ instance, id }) => instance !== found.instance || id !== found.id) }]), ...(other ? [{ personId: other.personId, was: [{ instance: found.instance, id: found.id }] }] : [])];
}

/** Whose it is by its link, or by a sign-in with its id. */
async function otherOwner(tx: Queries, tenantId: string, personId: string, { instance, id }: MailboxProfile): Promise<Person | null> {
  const owner = (await ownerOfMailbox(tx, tenantId, instance, id)) ?? (await findByObjectId(tx, tenantId, id));
  return owner?.personId === personId ? null : owner;
}

function unknown(): UserError {
  return new UserError(404, { code: 'person-unknown', field: 'person', message: 'Nobody here is known by this.', remedy: 'Choose somebody from the list of people.' });
}

function taken({ name }: Person): UserError {
  return new UserError(409, { code: 'mailbox-taken', field: 'address', message: `This mailbox is ${name}'s.`, remedy: 'If both are one and the same, whose account was made anew, take it ("take": true).' });
}
