import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { header, parsePacket } from '../../../../../../server/connectors/asterisk/client/ami/packet.ts';
import type { AmiPacket } from '../../../../../../server/connectors/asterisk/client/ami/packet.ts';
import { createPacketReader } from '../../../../../../server/connectors/asterisk/client/ami/reader.ts';

const greeting = 'Asterisk Call Manager/11.0.0\r\n';

/** Feeds bytes cut at the given places. */
function read(bytes: Buffer, cuts: number[] = []): { packets: AmiPacket[]; greetings: string[]; broken: string | null } {
  const packets: AmiPacket[] = [];
  const greetings: string[] = [];
  const reader = createPacketReader({ onGreeting: (line) => greetings.push(line), onPacket: (packet) => packets.push(packet), limits: { greetingBytes: 64, packetBytes: 4_096 } });
  let broken: string | null = null;
  const edges = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  let from = 0;
  for (const edge of edges) {
    broken = reader.push(bytes.subarray(from, edge)) ?? broken;
    from = edge;
  }
  return { packets, greetings, broken };
}

/** A packet's header; fails where there is no packet. */
function headerOf(packet: AmiPacket | null | undefined, name: string): string {
  assert.ok(packet);
  return header(packet, name);
}

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
const value = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\r', '').trim());
const packetLines = fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 8 });

describe('manager packets', () => {
  it('come out the same wherever the network cuts them, also inside a letter or a line end', () => {
    fc.assert(fc.property(fc.array(packetLines, { maxLength: 6 }), fc.array(fc.nat(2_000)), (packets, cuts) => {
      const text = packets.map((lines) => `${lines.map(([name, text]) => `${name}: ${text}`).join('\r\n')}\r\n\r\n`).join('');
      const seen = read(Buffer.from(greeting + text), cuts);
      assert.equal(seen.broken, null);
      assert.deepEqual(seen.greetings, ['Asterisk Call Manager/11.0.0']);
      assert.equal(seen.packets.length, packets.length);
      for (const [i, lines] of packets.entries()) {
        for (const [name, text] of lines) {
          const first = lines.find(([other]) => other.toLowerCase() === name.toLowerCase());
          assert.equal(headerOf(seen.packets[i], name), first?.[1], text);
        }
      }
    }));
  });

  it('survive the stray LF of a failed move (verbatim bytes)', () => {
    const seen = read(Buffer.from(`${greeting}Response: Success\r\nActionID: tieline-14\r\nMessage: Message move failed\n\r\n\r\nEvent: Next\r\n\r\n`));
    assert.equal(seen.packets.length, 2);
    assert.equal(headerOf(seen.packets[0], 'Message'), 'Message move failed');
    assert.equal(seen.packets[1]?.name, 'Next');
  });

  it('are what their first line says, whatever a stranger put behind it', () => {
    const packet = parsePacket('Event: UserEvent\r\nUserEvent: x\r\nEvent: FullyBooted\r\nResponse: Success');
    assert.deepEqual([packet?.kind, packet?.name, headerOf(packet, 'event')], ['event', 'UserEvent', 'UserEvent']);
  });

  it('take a lone LF for text, so that a value cannot bring a header with it', () => {
    const packet = parsePacket('Event: PresenceStatus\r\nMessage: a\nChannel: PJSIP/1\nStatus: dnd\r\nExten: 1001');
    assert.deepEqual([headerOf(packet, 'Channel'), headerOf(packet, 'Status'), headerOf(packet, 'Exten')], ['', '', '1001']);
  });

  it('keep the first of two headers with one name', () => {
    const packet = parsePacket('Response: Success\r\nMessage: Presence State\r\nMessage: Budget review');
    assert.equal(headerOf(packet, 'Message'), 'Presence State');
  });

  it('may hold lines that are none, and be none at all', () => {
    assert.equal(parsePacket('no colon here\r\n: nothing before it'), null);
    assert.equal(headerOf(parsePacket('--- \r\nEvent: X\r\nA:b:c'), 'A'), 'b:c');
  });

  it('are refused when they never end, so that nobody can fill the memory', () => {
    assert.equal(read(Buffer.from(greeting + 'Event: X\r\n'.repeat(1_000))).broken, 'a packet is too long');
    assert.equal(read(Buffer.from(`${greeting}Event: ${'x'.repeat(5_000)}\r\n\r\n`)).broken, 'a packet is too long');
  });

  it('are not looked for behind another program\'s greeting', () => {
    assert.equal(read(Buffer.from('SSH-2.0-OpenSSH_9.2\r\nEvent: X\r\n\r\n')).broken, 'the greeting is not that of an Asterisk manager');
    assert.equal(read(Buffer.alloc(200, 'x')).broken, 'the greeting is too long');
    assert.equal(read(Buffer.from('SSH-2.0-OpenSSH_9.2\r\nEvent: X\r\n\r\n')).packets.length, 0);
  });

  it('never throw, whatever bytes come', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.array(fc.nat(500)), (bytes, cuts) => {
      read(Buffer.concat([Buffer.from(greeting), bytes]), cuts);
    }));
  });
});
