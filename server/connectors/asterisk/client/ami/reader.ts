import { parsePacket } from './packet.ts';
import type { AmiPacket } from './packet.ts';

/** What a reader does not accept: then the other side is no Asterisk, or out of its mind. */
export interface ReaderLimits {
  greetingBytes: number;
  packetBytes: number;
}

/** The greeting is some 30 bytes. A packet is at most 128 lines of 1 KiB on the way in; on the way out twice that is far from anything seen. */
export const readerLimits: ReaderLimits = { greetingBytes: 256, packetBytes: 256 * 1024 };

export interface PacketReader {
  /** Takes bytes as they come, cut anywhere. Returns why it cannot go on, or null. */
  push(chunk: Buffer): string | null;
}

const lineEnd = Buffer.from('\r\n');
const packetEnd = Buffer.from('\r\n\r\n');

/** Cuts a stream into its greeting (one line, glued to the first packet) and packets (ended by CRLF CRLF, never by a lone LF). */
export function createPacketReader({ onGreeting, onPacket, limits = readerLimits }: {
  onGreeting: (line: string) => void;
  onPacket: (packet: AmiPacket) => void;
  limits?: ReaderLimits;
}): PacketReader {
  let pending: Buffer = Buffer.alloc(0);
  let isGreeted = false;
  let broken: string | null = null;

  function readGreeting(): void {
    const end = pending.indexOf(lineEnd);
    if (end > limits.greetingBytes || (end < 0 && pending.length > limits.greetingBytes)) broken = 'the greeting is too long';
    if (end < 0 || broken) return;
    const line = pending.toString('utf8', 0, end);
    pending = pending.subarray(end + lineEnd.length);
    isGreeted = true;
    if (!line.startsWith('Asterisk Call Manager/')) broken = 'the greeting is not that of an Asterisk manager';
    else onGreeting(line);
  }

  function readPackets(scanFrom: number): void {
    let start = 0;
    let end = pending.indexOf(packetEnd, scanFrom);
    while (end >= 0) {
      const packet = end - start > limits.packetBytes ? null : parsePacket(pending.toString('utf8', start, end));
      if (end - start > limits.packetBytes) return void (broken = 'a packet is too long');
      start = end + packetEnd.length;
      if (packet) onPacket(packet);
      end = pending.indexOf(packetEnd, start);
    }
    pending = pending.subarray(start);
    if (pending.length > limits.packetBytes) broken = 'a packet is too long';
  }

  function push(chunk: Buffer): string | null {
    if (broken) return broken;
    // The end of a packet may have begun in the bytes that were there already.
    let scanFrom = Math.max(0, pending.length - packetEnd.length + 1);
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (!isGreeted) {
      readGreeting();
      scanFrom = 0;
    }
    if (isGreeted && !broken) readPackets(scanFrom);
    return broken;
  }

  return { push };
}
