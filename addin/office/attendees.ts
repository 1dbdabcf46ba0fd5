import { officeCall } from './call.ts';
import { ownAddress } from './context.ts';
import { needItem } from './item.ts';

/** Somebody in the invite. */
export interface Attendee {
  name: string;
  /** Lower case. */
  address: string;
}

/** Who is invited to the appointment that is being written, each once, without oneself and without those who have no address. @throws OfficeFault */
export async function readAttendees(): Promise<Attendee[]> {
  const item = needItem();
  const lists = await Promise.all([
    officeCall<Office.EmailAddressDetails[]>('requiredAttendees.getAsync', (done) => item.requiredAttendees.getAsync(done)),
    officeCall<Office.EmailAddressDetails[]>('optionalAttendees.getAsync', (done) => item.optionalAttendees.getAsync(done)),
  ]);
  const own = ownAddress().toLowerCase();
  const found = new Map<string, Attendee>();
  for (const person of lists.flat()) {
    const address = (person.emailAddress ?? '').trim().toLowerCase();
    if (address === '' || address === own || found.has(address)) continue;
    found.set(address, { address, name: (person.displayName ?? '').trim() || address });
  }
  return [...found.values()];
}
