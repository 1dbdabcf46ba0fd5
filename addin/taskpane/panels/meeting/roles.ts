import type { RoleHolderView } from '../../../../contract/conference/conference.ts';
import type { Attendee } from '../../../office/attendees.ts';

/** What somebody is in a conference; who has no other part is a guest. */
export type Part = 'guest' | 'presenter' | 'host';

export interface Cast extends Attendee {
  part: Part;
  /** False: has a part, and does not stand in the invite. */
  isInvited: boolean;
}

/** Everybody in the invite with their part, and those after them who have one and are not in it any more. */
export function castOf(attendees: readonly Attendee[], roles: readonly RoleHolderView[]): Cast[] {
  const partOf = (address: string): Part => roles.find((each) => each.address.toLowerCase() === address)?.role ?? 'guest';
  const invited = attendees.map((each) => ({ ...each, part: partOf(each.address), isInvited: true }));
  const others = roles.filter(({ address }) => attendees.every((each) => each.address !== address.toLowerCase()));
  return [...invited, ...others.map(({ name, address, role }) => ({ name, address: address.toLowerCase(), part: role, isInvited: false }))];
}

/** The roles after one person was given a part; `guest` takes it back. Words that are no part change nothing. */
export function withRole(roles: readonly RoleHolderView[], { name, address }: Attendee, part: string): RoleHolderView[] {
  if (part !== 'guest' && part !== 'presenter' && part !== 'host') return [...roles];
  const others = roles.filter((each) => each.address.toLowerCase() !== address);
  return part === 'guest' ? others : [...others, { name, address, role: part }];
}
