import type { ConferenceRole } from '../../domain/conference.ts';
import type { Conference, RoleHolder } from './conference.ts';

/** Who has which part in a conference. The calendar's owner is its host; others are named by the owner or the booker. */

/** As they are kept: addresses in lower case, each once (the last word counts), the owner in none, for the owner is a host in any case. */
export function rolesKept(wanted: readonly RoleHolder[], ownerAddress: string): RoleHolder[] {
  const owner = ownerAddress.trim().toLowerCase();
  const byAddress = new Map<string, RoleHolder>();
  for (const { address, name, role } of wanted) {
    const own = address.trim().toLowerCase();
    if (own !== '' && own !== owner) byAddress.set(own, { address: own, name: name.trim() || own, role });
  }
  return [...byAddress.values()];
}

/** Somebody whom a sign-in vouches for; addresses only where a directory or token says that they are theirs. */
export interface KnownVisitor {
  personId: string;
  addresses: readonly string[];
}

/** The part of somebody who is signed in: who you are decides, not what you typed. Whoever booked for another comes in as a host as well, for they see the host code. */
export function roleOf(conference: Pick<Conference, 'ownerId' | 'bookerId' | 'roles'>, { personId, addresses }: KnownVisitor): ConferenceRole {
  if (personId === conference.ownerId || personId === conference.bookerId) return 'host';
  const own = addresses.map((address) => address.trim().toLowerCase());
  const held = conference.roles.filter(({ address }) => own.includes(address)).map(({ role }) => role);
  if (held.includes('host')) return 'host';
  return held.includes('presenter') ? 'presenter' : 'guest';
}
