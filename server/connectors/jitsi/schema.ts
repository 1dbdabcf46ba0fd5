import { z } from 'zod';
import { TheirError } from '../../domain/errors.ts';

/** What we read of Prosody's answers. Names are what strangers call themselves. */

/** Control characters and bidirectional overrides out; at most 80 characters. */
export function cleanText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '').trim().slice(0, 80);
}

/** `room_name` is the whole address. An older encoder writes an empty list as {}. */
const census = z.object({
  room_census: z.union([z.array(z.object({ room_name: z.string(), participants: z.number() })), z.strictObject({}).transform(() => [])]),
});

/** `jid` is `room@conference.domain/endpoint`. */
const occupants = z.union([z.array(z.object({ jid: z.string(), display_name: z.string().default('') })), z.strictObject({}).transform(() => [])]);

export interface CensusRow {
  /** Address of the room. */
  address: string;
  participants: number;
}

export interface Occupant {
  /** Jitsi's name for one browser, telephone or recorder in a room. */
  endpoint: string;
  name: string;
}

export function readCensus(connector: string, text: string): CensusRow[] {
  return read(connector, census, text, 'the census of rooms').room_census.map((row) => ({ address: row.room_name, participants: row.participants }));
}

export function readOccupants(connector: string, text: string): Occupant[] {
  const rows = read(connector, occupants, text, 'the list of a room');
  // One person may have several sessions under one name in the room.
  return [...new Map(rows.map((row) => [endpointOf(row.jid), { endpoint: endpointOf(row.jid), name: cleanText(row.display_name) }])).values()].filter(({ endpoint }) => endpoint !== '');
}

function endpointOf(jid: string): string {
  const slash = jid.indexOf('/');
  return slash < 0 ? '' : jid.slice(slash + 1);
}

function read<T>(connector: string, schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TheirError(connector, 'unreadable', `${what} cannot be read`, { cause, remedy: 'See that prosody.url is the HTTP port of Prosody and of nothing else.' });
  }
}
