/** Global Object IDs start with these 16 bytes (MS-OXOCAL 2.2.1.27, Byte Array ID). */
const globalObjectId = '040000008200e00074c5b7101a82e008';

/**
 * What all occurrences of one series, and all attendees' copies, have in common: the iCalUId with the Global Object ID's date bytes (16 to 19) zeroed,
 * because the calendar gives every occurrence its own (design §6). Ids of another kind are taken as they are.
 */
export function seriesKey(iCalUId: string): string {
  const id = iCalUId.trim();
  if (!id.toLowerCase().startsWith(globalObjectId) || !/^[0-9a-f]{48,}$/i.test(id)) return id;
  return `${id.slice(0, 32)}00000000${id.slice(40)}`.toUpperCase();
}
