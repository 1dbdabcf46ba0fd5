import type { Place } from '../../mailbox.ts';
import type { Directory } from './people.ts';

/** How Outlook writes several places into one field. */
const separator = '; ';

export function locationText(places: readonly Place[]): string {
  return places.map(({ name }) => name).join(separator);
}

/** The places that a Location text names. A room's name keeps its address. */
export function placesOf(text: string, directory: Directory): Place[] {
  const names = text.split(';').map((each) => each.trim()).filter(Boolean);
  return names.map((name) => {
    const room = directory.people.find((each) => each.isRoom && each.name.toLowerCase() === name.toLowerCase());
    return room ? { name: room.name, address: room.address } : { name };
  });
}

export interface OfficeLocation { locationIdentifier: { id: string; type: 'room' | 'custom' }; displayName: string; emailAddress: string }

export function officeLocation({ name, address }: Place): OfficeLocation {
  return { locationIdentifier: address ? { id: address, type: 'room' } : { id: name, type: 'custom' }, displayName: name, emailAddress: address ?? '' };
}

export function placeOf(id: string, type: string, directory: Directory): Place {
  return type === 'room' ? { name: directory.find(id)?.name ?? id, address: id } : { name: id };
}

export function isSamePlace(a: Place, b: Place): boolean {
  return (a.address ?? a.name).toLowerCase() === (b.address ?? b.name).toLowerCase();
}
