import type { Attendee, MailboxPerson, NamedAddress, Response } from '../../mailbox.ts';

/** Office's numbers for an answer, in the order of `MailboxEnums.ResponseType`. */
const responseNumbers: Record<Response, number> = { none: 0, organizer: 1, tentative: 2, accepted: 3, declined: 4 };
const recipientTypes = { list: 1, user: 2, external: 3 } as const;

export interface OfficePerson { name: string; address: string; appointmentResponse: number; recipientType: number }

/** Everybody whom the directory knows. */
export interface Directory {
  find: (address: string) => MailboxPerson | undefined;
  readonly people: readonly MailboxPerson[];
}

export function createDirectory(people: readonly MailboxPerson[]): Directory {
  return { people, find: (address) => people.find((each) => each.address.toLowerCase() === address.toLowerCase()) };
}

/** A person as office.js reads one. Somebody whom the directory does not know is external. */
export function officePerson({ name, address, isList = false, response = 'none' }: NamedAddress & { response?: Response }, directory: Directory): OfficePerson {
  const recipientType = isList ? recipientTypes.list : directory.find(address) ? recipientTypes.user : recipientTypes.external;
  return { name, address, appointmentResponse: responseNumbers[response], recipientType };
}

/** A recipient that a page or a person named: by address, or by the name of somebody known. */
export function resolved({ name, address }: Partial<NamedAddress>, type: Attendee['type'], directory: Directory): Attendee {
  const byName = directory.people.find((each) => each.name.toLowerCase() === (name || address || '').toLowerCase());
  const finalAddress = address && address.includes('@') ? address : (byName?.address ?? address ?? name ?? '');
  const known = directory.find(finalAddress);
  const givenName = name && name !== address ? name : undefined;
  return { name: givenName ?? known?.name ?? finalAddress, address: finalAddress, type, response: 'none' };
}

/** `attendees` without second mentions of an address within a type. */
export function withoutDoubles(attendees: readonly Attendee[]): Attendee[] {
  const seen = new Set<string>();
  return attendees.filter(({ type, address }) => {
    const key = `${type} ${address.toLowerCase()}`;
    return !seen.has(key) && seen.add(key);
  });
}
