/**
 * One packet of the Asterisk Manager Interface: lines "Name: value". What the trials taught (Asterisk 22):
 * - a value may hold a lone LF, so lines end at CRLF only ("Message: Message move failed\n");
 * - header names repeat, and what follows the first may come from a stranger: the first wins, and only the first line says what the packet is.
 */
export interface AmiPacket {
  kind: 'response' | 'event' | 'other';
  /** Success, Error, ConfbridgeJoin … */
  name: string;
  /** By lower-case name. Values are trimmed and otherwise hostile text. */
  headers: ReadonlyMap<string, string>;
}

/** More headers than any packet of Asterisk has; the rest is dropped. */
const mostHeaders = 256;

/** Reads the text between two blank lines. Null when there is no header in it. */
export function parsePacket(text: string): AmiPacket | null {
  const headers = new Map<string, string>();
  let first: [string, string] | undefined;
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    first ??= [name, value];
    if (headers.size < mostHeaders && !headers.has(name)) headers.set(name, value);
  }
  if (!first) return null;
  const [name, value] = first;
  return { kind: name === 'response' || name === 'event' ? name : 'other', name: value, headers };
}

/** A header's value; empty when it is not there. */
export function header(packet: AmiPacket, name: string): string {
  return packet.headers.get(name.toLowerCase()) ?? '';
}
