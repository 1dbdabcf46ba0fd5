import { z } from 'zod';
import type { AmiPacket } from './client/ami/packet.ts';

/** What we read of Asterisk's rows and events; everything else in them is dropped here. Names and numbers come from strangers. */

const yes = z.string().transform((text) => text.toLowerCase() === 'yes');

/** Control characters and bidirectional overrides out, so that a caller's name cannot rewrite the line it stands in; at most 80 characters, the longest caller name of SIP phones in use. */
export function cleanText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '').trim().slice(0, 80);
}

/** Asterisk says "<unknown>" and "<no name>" where there is none. */
const callerText = z.string().default('').transform((text) => (/^<(unknown|no name)>$/.test(text) ? '' : cleanText(text)));

const roomRow = z.object({
  conference: z.string().min(1),
  parties: z.coerce.number().int().min(0),
  locked: yes.default(false),
});

const participantRow = z.object({
  channel: z.string().min(1),
  calleridname: callerText,
  calleridnum: callerText,
  admin: yes.default(false),
  muted: yes.default(false),
});

const conferenceEvent = z.object({
  conference: z.string().min(1),
  channel: z.string().default(''),
});

export type RoomRow = z.output<typeof roomRow>;
export type ParticipantRow = z.output<typeof participantRow>;

function readRow<T>(schema: z.ZodType<T>, packet: AmiPacket): T | null {
  const read = schema.safeParse(Object.fromEntries(packet.headers));
  return read.success ? read.data : null;
}

export function readRoom(packet: AmiPacket): RoomRow | null {
  return readRow(roomRow, packet);
}

export function readParticipant(packet: AmiPacket): ParticipantRow | null {
  return readRow(participantRow, packet);
}

export function readConferenceEvent(packet: AmiPacket): z.output<typeof conferenceEvent> | null {
  return readRow(conferenceEvent, packet);
}
