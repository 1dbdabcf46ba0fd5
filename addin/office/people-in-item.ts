import { officeCall } from './call.ts';
import { ownAddress } from './context.ts';
import { currentItem, itemKind } from './item.ts';

/** Somebody in the item beside the pane. */
export interface ItemPerson {
  name: string;
  /** Lower case. */
  address: string;
  /** A distribution list of the organisation. */
  isList: boolean;
}

export type ItemSection = 'from' | 'to' | 'bcc' | 'organizer' | 'required' | 'optional';

export interface PeopleSection {
  section: ItemSection;
  people: ItemPerson[];
}

/** A sender names himself as he likes: what turns the reading direction of all that follows, or ends the line, is left out (server/domain/plain-text.ts). */
const deceiving = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

type Details = Office.EmailAddressDetails;
type Field = Details[] | Office.Recipients | undefined;

/** Read mode gives lists, compose mode something to be asked. A field that cannot be read is empty. */
async function list(name: string, field: Field): Promise<Details[]> {
  if (field === undefined || field === null) return [];
  if (Array.isArray(field)) return field;
  return officeCall<Details[]>(name, (done) => field.getAsync(done)).catch(() => []);
}

function people(all: readonly (Details | undefined)[], seen: Set<string>): ItemPerson[] {
  return all.flatMap((each) => {
    const address = (each?.emailAddress ?? '').trim().toLowerCase();
    if (address === '' || seen.has(address)) return [];
    seen.add(address);
    return { address, name: (each?.displayName ?? '').replaceAll(deceiving, ' ').trim() || address, isList: each?.recipientType === 'distributionList' };
  });
}

/** Everybody in the item, each once, without oneself; sections without anybody are left out. */
export async function peopleInItem(): Promise<PeopleSection[]> {
  const item = currentItem();
  const kind = itemKind();
  if (item === undefined || kind === 'none') return [];
  const seen = new Set([ownAddress().toLowerCase()]);
  const sections: PeopleSection[] = [];
  const add = (section: ItemSection, all: readonly (Details | undefined)[]): void => {
    const found = people(all, seen);
    if (found.length > 0) sections.push({ section, people: found });
  };
  if (kind === 'appointment-compose' || kind === 'appointment-read') {
    // The organizer's own window knows nobody but the guests.
    if (kind === 'appointment-read') add('organizer', [item.organizer]);
    add('required', await list('requiredAttendees.getAsync', item.requiredAttendees));
    add('optional', await list('optionalAttendees.getAsync', item.optionalAttendees));
    return sections;
  }
  if (kind === 'message-read') add('from', [item.from]);
  const [to, cc, bcc] = await Promise.all([list('to.getAsync', item.to), list('cc.getAsync', item.cc), list('bcc.getAsync', item.bcc)]);
  add('to', [...to, ...cc]);
  // Only in a mail that is being written.
  add('bcc', bcc);
  return sections;
}

/** Calls `changed` when people are added or taken out; where Outlook cannot tell (before Mailbox 1.7), never. */
export async function onPeopleChanged(changed: () => void): Promise<void> {
  const item = currentItem();
  if (item === undefined || !itemKind().endsWith('compose') || typeof item.addHandlerAsync !== 'function') return;
  await officeCall<void>('addHandlerAsync', (done) => item.addHandlerAsync(Office.EventType.RecipientsChanged, changed, done)).catch(() => undefined);
}
