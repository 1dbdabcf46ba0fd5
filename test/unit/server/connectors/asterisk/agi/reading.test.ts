import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allowList } from '../../../../../../server/connectors/asterisk/client/agi/allow-list.ts';
import { encodeCommand } from '../../../../../../server/connectors/asterisk/client/agi/encode.ts';
import { createEnvironmentReader } from '../../../../../../server/connectors/asterisk/client/agi/environment.ts';
import type { AgiEnvironment } from '../../../../../../server/connectors/asterisk/client/agi/environment.ts';
import { createLineReader } from '../../../../../../server/connectors/asterisk/client/agi/line-reader.ts';
import { createReplyReader } from '../../../../../../server/connectors/asterisk/client/agi/reply.ts';
import { OurError } from '../../../../../../server/domain/errors.ts';
import { environmentText } from '../scripted-call.ts';

function readEnvironment(text: string): AgiEnvironment | 'more' | 'refused' {
  const reader = createEnvironmentReader();
  let taken: AgiEnvironment | 'more' | 'refused' = 'more';
  for (const line of text.split('\n').slice(0, -1)) {
    taken = reader.take(line);
    if (taken !== 'more') return taken;
  }
  return taken;
}

describe('AGI lines', () => {
  it('come out the same wherever the network cuts them', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, ''))), fc.array(fc.nat(200)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const seen: string[] = [];
      const reader = createLineReader((line) => seen.push(line));
      let from = 0;
      for (const edge of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)) {
        assert.ok(reader.push(bytes.subarray(from, edge)));
        from = edge;
      }
      assert.deepEqual(seen, lines);
    }));
  });

  it('that never end are refused', () => {
    assert.equal(createLineReader(() => undefined, 10).push(Buffer.alloc(11, 'x')), false);
    assert.equal(createLineReader(() => undefined, 10).push(Buffer.from(`${'x'.repeat(11)}\n`)), false);
  });
});

describe('AGI environment', () => {
  it('tells script, its argument, channel and caller', () => {
    assert.deepEqual(readEnvironment(environmentText()), { script: 'conference', channel: 'PJSIP/1001-00000001', uniqueId: '1795243740.7', callerNumber: '+15551230001', callerName: 'Dee Dove', language: 'en', argument: '' });
  });

  it('cannot be changed by what a caller chose', () => {
    const text = 'agi_network: yes\nagi_network_script: conference\nagi_callerid: 1\nagi_calleridname: x\nagi_callerid: 999\nagi_network_script: other\n\n';
    const read = readEnvironment(text);
    assert.ok(typeof read === 'object' && read.callerNumber === '1' && read.script === 'conference');
  });

  it('is refused when it is none', () => {
    for (const text of ['GET / HTTP/1.1\nHost: x\n\n', '\n', 'agi_channel: x\n\n', '\x16\x03\x01\n', 'agi_: x\n', ' agi_network: yes\n\n']) assert.equal(readEnvironment(text), 'refused', text);
  });

  it('is refused when it is oversized, in lines or in bytes', () => {
    assert.equal(readEnvironment('agi_arg_1: x\n'.repeat(161)), 'refused');
    assert.equal(readEnvironment(`agi_arg_1: ${'x'.repeat(7_000)}\n`.repeat(5)), 'refused');
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
      const reader = createEnvironmentReader();
      for (const line of lines) reader.take(line);
    }));
  });
});

describe('AGI answers', () => {
  const cases: [string, object][] = [
    ['200 result=0', { code: 200, result: '0' }],
    ['200 result=482913', { code: 200, result: '482913' }],
    ['200 result=482 (timeout)', { code: 200, result: '482', isTimeout: true }],
    ['200 result= (timeout)', { code: 200, result: '', isTimeout: true }],
    ['200 result=-1 endpos=0', { code: 200, result: '-1', endpos: 0 }],
    ['200 result=0 endpos=12320', { code: 200, result: '0', endpos: 12_320 }],
    ['200 result=1 (a value)', { code: 200, result: '1' }],
    ['510 Invalid or unknown command', { code: 510 }],
    ['511 Command Not Permitted on a dead channel or intercept routine', { code: 511 }],
    ['520 Invalid command syntax.  Proper usage not available.', { code: 520 }],
  ];
  for (const [line, expected] of cases) {
    it(`are read: ${line}`, () => {
      assert.deepEqual(createReplyReader().take(line), { result: '', isTimeout: false, endpos: null, ...expected });
    });
  }

  it('of several lines end where they say', () => {
    const reader = createReplyReader();
    assert.equal(reader.take('520-Invalid command syntax.  Proper usage follows:'), 'more');
    assert.equal(reader.take('200 result=0'), 'more');
    assert.deepEqual(reader.take('520 End of proper usage.'), { code: 520, result: '', isTimeout: false, endpos: null });
  });

  it('that are none are seen as such', () => {
    for (const line of ['', 'hello', '200 ok', '100 Trying', 'agi_network: yes']) assert.equal(createReplyReader().take(line), 'unreadable', line);
    const endless = createReplyReader();
    endless.take('520-x');
    assert.ok(Array.from({ length: 300 }, () => endless.take('more usage')).includes('unreadable'));
  });
});

describe('AGI commands on the wire', () => {
  it('keep each word one word', () => {
    assert.equal(encodeCommand(['STREAM', 'FILE', 'conf-invalid', '']), 'STREAM FILE conf-invalid ""\n');
    assert.equal(encodeCommand(['SAY', 'DATETIME', '1', '', "ABd 'digits/at' IMp", 'Europe/Berlin']), `SAY DATETIME 1 "" "ABd 'digits/at' IMp" Europe/Berlin\n`);
    assert.equal(encodeCommand(['SET', 'VARIABLE', 'X', 'a "b" \\c']), String.raw`SET VARIABLE X "a \"b\" \\c"` + '\n');
  });

  for (const bad of ['\r', '\n', '\0', 'x\nEXEC System reboot']) {
    it(`never carry ${JSON.stringify(bad)}, in any place`, () => {
      for (const words of [[bad, 'a'], ['EXEC', bad, 'a'], ['EXEC', 'ConfBridge', bad]]) assert.throws(() => encodeCommand(words), OurError);
    });
  }

  it('are never longer than Asterisk reads', () => {
    assert.throws(() => encodeCommand(['EXEC', 'x'.repeat(8_001)]), OurError);
  });
});

describe('who may open the AGI port', () => {
  it('is decided by address and network, also through an IPv6 listener', () => {
    const isAllowed = allowList(['10.1.2.3', '192.168.7.0/24', 'fd00::/8']);
    for (const address of ['10.1.2.3', '192.168.7.200', '::ffff:192.168.7.1', 'fd12::1']) assert.equal(isAllowed(address), true, address);
    for (const address of ['10.1.2.4', '192.168.8.1', '::ffff:10.1.2.4', 'fe80::1', '', 'x', undefined]) assert.equal(isAllowed(address), false, String(address));
  });

  it('is never decided by a network that is none', () => {
    for (const entry of ['10.1.2', '10.1.2.3/33', 'fd00::/129', '10.1.2.3/', '']) assert.throws(() => allowList([entry]), OurError, entry);
  });
});
