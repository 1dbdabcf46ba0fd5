import { officeCall } from './call.ts';
import { needItem } from './item.ts';
import { hasMailbox } from './support.ts';

/** The location line as text. */
export function readLocation(): Promise<string> {
  const location = needItem().location;
  return officeCall<string>('location.getAsync', (done) => location.getAsync(done));
}

/** One place of the location line: a room of Exchange, or text that somebody typed. */
export interface Place {
  text: string;
  isRoom: boolean;
}

/** The places of the location line; undefined in an Outlook that knows only the line (before Mailbox 1.8). */
export async function readPlaces(): Promise<Place[] | undefined> {
  if (!hasMailbox('1.8')) return undefined;
  const places = needItem().enhancedLocation;
  const found = await officeCall<Office.LocationDetails[]>('enhancedLocation.getAsync', (done) => places.getAsync(done));
  return found.map((place) => ({
    text: place.locationIdentifier.id || place.displayName,
    isRoom: place.locationIdentifier.type === 'room',
  }));
}

/** Adds a place and leaves rooms as they are: writing the line as text would cut their link to Exchange. */
export async function addPlace(text: string): Promise<void> {
  const places = needItem().enhancedLocation;
  await officeCall<void>('enhancedLocation.addAsync', (done) => places.addAsync([{ id: text, type: Office.MailboxEnums.LocationType.Custom }], done));
}

export async function removePlace(text: string): Promise<void> {
  const places = needItem().enhancedLocation;
  await officeCall<void>('enhancedLocation.removeAsync', (done) => places.removeAsync([{ id: text, type: Office.MailboxEnums.LocationType.Custom }], done));
}

/** Replaces the location line. */
export async function writeLocation(text: string): Promise<void> {
  const location = needItem().location;
  await officeCall<void>('location.setAsync', (done) => location.setAsync(text, done));
}
