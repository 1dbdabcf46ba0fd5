import { z } from 'zod';
import type { VoicemailMessage, VoicemailState } from '../../../domain/voicemail.ts';
import { ianaZone } from '../../../domain/zones.ts';
import type { VoicemailBox } from '../../../ports/voicemail-store.ts';
import type { AmiPacket } from '../client/ami/packet.ts';
import { cleanText } from '../schema.ts';

/** What we read of the rows of voicemail. Names and numbers come from strangers. */

const yes = z.string().default('').transform((text) => text.toLowerCase() === 'yes');
const count = z.coerce.number().int().min(0).default(0);

const summaryRow = z.object({
  folder: z.string().min(1),
  callerid: z.string().default(''),
  date: z.string().default(''),
  duration: z.coerce.number().catch(0),
  flag: z.string().default(''),
  id: z.string(),
});

const userRow = z.object({
  vmcontext: z.string().min(1),
  voicemailbox: z.string().min(1),
  fullname: z.string().default('').transform(cleanText),
  email: z.string().default(''),
  timezone: z.string().default(''),
  attachmessage: yes,
  deletemessage: yes,
  maxmessagecount: count,
  newmessagecount: count,
  oldmessagecount: count,
});

const channelRow = z.object({
  channel: z.string().min(1),
  uniqueid: z.string().default(''),
  application: z.string().default(''),
  applicationdata: z.string().default(''),
});

export type ChannelRow = z.output<typeof channelRow>;

/** One message as a summary shows it. `number` is its place in the folder: a summary closes gaps and lists by number (app_voicemail.c, and tried). */
export interface SummaryRow extends z.output<typeof summaryRow> { number: number }

function read<T>(schema: z.ZodType<T>, packet: AmiPacket): T | null {
  const seen = schema.safeParse(Object.fromEntries(packet.headers));
  return seen.success ? seen.data : null;
}

/** Null for a row that lacks what it must have. */
export function readSummary(packets: readonly AmiPacket[]): SummaryRow[] | null {
  const next = new Map<string, number>();
  const rows: SummaryRow[] = [];
  for (const packet of packets) {
    const row = read(summaryRow, packet);
    if (!row) return null;
    const number = next.get(row.folder) ?? 0;
    next.set(row.folder, number + 1);
    rows.push({ ...row, number });
  }
  return rows;
}

export function readChannel(packet: AmiPacket): ChannelRow | null {
  return read(channelRow, packet);
}

export interface UserRow extends VoicemailBox {
  /** Most messages in a folder. */
  most: number;
  /** IANA zone by the name of the box's `tz`; null where that is a name of the PBX's own ("eastern"). */
  zone: string | null;
}

/** Asterisk prints "(null)" for an address that is not set (tried). */
export function readUser(instance: string, packet: AmiPacket): UserRow | null {
  const row = read(userRow, packet);
  if (!row) return null;
  const address = /^[^\s@()]+@[^\s@()]+$/.test(row.email) ? row.email.toLowerCase() : '';
  return {
    instance, box: `${row.voicemailbox}@${row.vmcontext}`, name: row.fullname, address, mailsByItself: address !== '' && row.attachmessage, deletesByItself: address !== '' && row.deletemessage,
    isFull: row.maxmessagecount > 0 && row.newmessagecount >= row.maxmessagecount, unheard: row.newmessagecount, heard: row.oldmessagecount, most: row.maxmessagecount, zone: ianaZone(row.timezone),
  };
}

/** `"Dee Dove" <+1555>`, `Dee`, `+1555`, `Unknown`, or the stump that a semicolon in a name leaves (`"Bob`, tried). */
export function readCaller(text: string): { callerName: string; callerNumber: string } {
  const both = /^(.*?)\s*<([^<>]*)>\s*$/s.exec(text);
  const name = (both?.[1] ?? text).replace(/^"|"$/g, '').trim();
  if (!both && /^\+?[\d*#]+$/.test(name)) return { callerName: '', callerNumber: cleanText(name) };
  return { callerName: name.toLowerCase() === 'unknown' ? '' : cleanText(name), callerNumber: cleanText(both?.[2] ?? '') };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * When a message was left, epoch ms, UTC. The words of the date are UTC and English only where the PBX's locale is (`Sat Nov 21 06:49:00 AM UTC 2026`);
 * otherwise the id says it: its first part are epoch seconds. Null when neither does.
 */
export function readLeftAt(date: string, id: string): number | null {
  const words = /^\w{3} (\w{3}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ?(AM|PM)? UTC (\d{4})$/.exec(date);
  const month = months.indexOf(words?.[1] ?? '');
  if (words && month >= 0) {
    const [, , day, hour, minute, second, half, year] = words;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
    return Date.UTC(Number(year), month, Number(day), hours, Number(minute), Number(second));
  }
  const seconds = Number(/^(\d{9,11})-/.exec(id)?.[1] ?? Number.NaN);
  return Number.isNaN(seconds) ? null : seconds * 1000;
}

/** What a folder means. `trash` is ours. */
export function stateOf(folder: string, trash: string): VoicemailState {
  if (folder === trash || folder === 'Deleted') return 'deleted';
  return folder === 'INBOX' || folder === 'Urgent' ? 'unheard' : 'heard';
}

/**
 * Messages as the port tells them. With `backupdeleted` every change leaves a copy in Deleted, so that one counts only, and once, where its id is nowhere
 * else (tried). `purged`: removed for good by us; what Asterisk keeps of it in Deleted cannot be removed (tried: Success, and nothing happens) and is not told.
 */
export function toMessages(rows: readonly SummaryRow[], trash: string, purged: ReadonlySet<string> = new Set()): VoicemailMessage[] {
  const elsewhere = new Set(rows.filter(({ folder }) => folder !== 'Deleted').map(({ id }) => id));
  const told = new Set<string>();
  return rows.flatMap((row): VoicemailMessage[] => {
    if (row.folder === 'Deleted' && (elsewhere.has(row.id) || told.has(row.id) || purged.has(row.id))) return [];
    if (row.folder === 'Deleted') told.add(row.id);
    return [{
      id: row.id, state: stateOf(row.folder, trash), folder: row.folder, isUrgent: row.folder === 'Urgent' || row.flag === 'Urgent', ...readCaller(row.callerid),
      durationSeconds: Math.max(0, row.duration), leftAt: readLeftAt(row.date, row.id),
    }];
  });
}
