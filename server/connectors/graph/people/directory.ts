import { z } from 'zod';
import type { MailboxProfile } from '../../../ports/calendar-source.ts';
import { graphPath } from '../client/call.ts';
import type { GraphCall } from '../client/call.ts';
import type { GraphClient } from '../client/client.ts';
import { refusalOf } from '../client/graph-error.ts';
import { userFields, userRow } from '../schema.ts';
import type { UserRow } from '../schema.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What may be an address at all; Exchange allows 320 characters. */
const address = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/;

const users = z.object({ value: z.array(userRow) });

const shared = { what: 'find a mailbox', method: 'GET', right: 'User.Read.All', budget: { workload: 'directory' }, repeat: 'always' } as const satisfies Partial<GraphCall>;

/** Finds people of the directory who have a mail address. */
export function createDirectory(client: GraphClient, instance: string): { findMailbox: (addressOrId: string) => Promise<MailboxProfile | null> } {
  /** By object id or sign-in name; null when there is nobody. */
  async function byName(name: string): Promise<UserRow | null> {
    try {
      return await client.call({ ...shared, target: { path: graphPath`/users/${name}`, query: { $select: userFields } } }, userRow);
    } catch (error) {
      if (refusalOf(error)?.status === 404) return null;
      throw error;
    }
  }

  /** Everybody whose primary or secondary address it is: more than one only by somebody's mistake. */
  async function byAddress(wanted: string): Promise<UserRow[]> {
    const quoted = wanted.replaceAll("'", "''");
    const $filter = `mail eq '${quoted}' or proxyAddresses/any(p:p eq 'smtp:${quoted}')`;
    const { value } = await client.call({ ...shared, target: { path: '/users', query: { $filter, $select: userFields, $top: '2' } } }, users);
    return value;
  }

  function profile(user: UserRow | null): MailboxProfile | null {
    if (!user) return null;
    const addresses = addressesOf(user);
    return addresses.length === 0 ? null : { instance, id: user.id, addresses, displayName: user.displayName };
  }

  async function findMailbox(addressOrId: string): Promise<MailboxProfile | null> {
    const wanted = addressOrId.trim().toLowerCase();
    if (guid.test(wanted)) return profile(await byName(wanted));
    if (!address.test(wanted)) return null;
    // One person's sign-in name may be another's address: the address decides. Where both are one's own, as mostly, the cheap call is enough; nobody's address is the sign-in name of whoever has it.
    const named = profile(await byName(wanted));
    if (named?.addresses.includes(wanted)) return named;
    const [owner, another] = await byAddress(wanted);
    if (owner) return another ? null : profile(owner);
    return named;
  }

  return { findMailbox };
}

/** Lower case, primary first. `SMTP:` marks the primary among the proxy addresses, `smtp:` the others; other prefixes are no mail addresses. */
function addressesOf({ mail, proxyAddresses }: UserRow): string[] {
  const proxies = (proxyAddresses ?? []).filter((each) => /^smtp:/i.test(each));
  const primary = proxies.filter((each) => each.startsWith('SMTP:'));
  const all = [mail ?? '', ...[...primary, ...proxies].map((each) => each.slice('smtp:'.length))];
  return [...new Set(all.map((each) => each.trim().toLowerCase()).filter((each) => address.test(each)))];
}
