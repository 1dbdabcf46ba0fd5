import assert from 'node:assert/strict';
import { parsePacket } from '../../../../../server/connectors/asterisk/client/ami/packet.ts';
import { boxesOf } from '../../../../../server/connectors/asterisk/voicemail/holders.ts';
import { readCaller, readLeftAt, readSummary, readUser, toMessages } from '../../../../../server/connectors/asterisk/voicemail/rows.ts';
import { lostBetween } from '../../../../../server/connectors/asterisk/voicemail/changes.ts';
import type { SummaryRow } from '../../../../../server/connectors/asterisk/voicemail/rows.ts';
import type { AmiPacket } from '../../../../../server/connectors/asterisk/client/ami/packet.ts';

function packet(fields: Record<string, string>): AmiPacket {
  const read = parsePacket(Object.entries(fields).map(([name, value]) => `${name}: ${value}`).join('\r\n'));
  assert.ok(read);
  return read;
}

function row(folder: string, id: string, more: Partial<SummaryRow> = {}): SummaryRow {
  return { folder, id, callerid: '', date: '', duration: 3, flag: '', number: 0, ...more };
}

describe('rows of voicemail', () => {
  it('callers as they come: whole, half, unknown, cut at a semicolon, hostile', () => {
    const cases: [string, string, string][] = [
      ['"Dee Dove" <+15551230001>', 'Dee Dove', '+15551230001'],
      ['Dee <555>', 'Dee', '555'],
      ['+4930123', '', '+4930123'],
      ['Unknown', '', ''],
      ['"Bob', 'Bob', ''],
      ['"<img src=x onerror=alert(1)>" <5>', '<img src=x onerror=alert(1)>', '5'],
      ['"Zoë 🎉 \u202Egnp.exe" <3>', 'Zoë 🎉 gnp.exe', '3'],
      ['"a\r\nEvent: Fake" <4>', 'aEvent: Fake', '4'],
      ['', '', ''],
    ];
    for (const [text, callerName, callerNumber] of cases) assert.deepEqual(readCaller(text), { callerName, callerNumber }, text);
  });

  it('when it was left: by the words where they are English, else by the id, else not at all', () => {
    assert.equal(readLeftAt('Sat Nov 21 06:49:00 AM UTC 2026', '1-00000000'), Date.UTC(2026, 10, 21, 6, 49));
    assert.equal(readLeftAt('Sat Nov  7 12:05:09 AM UTC 2026', '1-00000000'), Date.UTC(2026, 10, 7, 0, 5, 9));
    assert.equal(readLeftAt('Sat Nov 21 12:00:00 PM UTC 2026', '1-00000000'), Date.UTC(2026, 10, 21, 12));
    assert.equal(readLeftAt('Sa Nov 21 18:49:00  CET 2026', '1795243740-00000003'), 1_795_243_740_000);
    assert.equal(readLeftAt('', '1-00000000'), null);
  });

  it('numbers are places in their folder, in the order of the list', () => {
    const rows = readSummary(['INBOX', 'INBOX', 'Old'].map((folder, index) => packet({ Event: 'VoicemailBoxDetail', Folder: folder, ID: `1-0000000${index}` })));
    assert.deepEqual(rows?.map(({ folder, number }) => `${folder} ${number}`), ['INBOX 0', 'INBOX 1', 'Old 0']);
    assert.equal(readSummary([packet({ Event: 'VoicemailBoxDetail', Folder: 'INBOX' })]), null);
  });

  it('what lies in Deleted counts as deleted only where it is nowhere else, once, and not when we purged it', () => {
    const rows = [row('INBOX', 'a'), row('Deleted', 'a'), row('Deleted', 'b'), row('Deleted', 'b'), row('Deleted', 'c'), row('Cust5', 'd'), row('Family', 'e'), row('Urgent', 'f')];
    assert.deepEqual(toMessages(rows, 'Cust5', new Set(['c'])).map(({ id, state }) => `${id} ${state}`), ['a unheard', 'b deleted', 'd deleted', 'e heard', 'f unheard']);
  });

  it('boxes say what the PBX does by itself, and an address that is not set is none', () => {
    const fields = { Event: 'VoicemailUserEntry', VMContext: 'default', VoiceMailbox: '201', Fullname: 'Ann', AttachMessage: 'Yes', DeleteMessage: 'Yes', MaxMessageCount: '5', NewMessageCount: '5', OldMessageCount: '1' };
    assert.deepEqual(readUser('pbx', packet({ ...fields, Email: 'Ann@Contoso.test' })), {
      instance: 'pbx', box: '201@default', name: 'Ann', address: 'ann@contoso.test', mailsByItself: true, deletesByItself: true, isFull: true, unheard: 5, heard: 1, most: 5, zone: null,
    });
    const without = readUser('pbx', packet({ ...fields, Email: '(null)' }));
    assert.deepEqual([without?.address, without?.mailsByItself, without?.deletesByItself], ['', false, false]);
  });

  it('which boxes a call has, and that a menu which asks for the number may have any', () => {
    const of = (application: string, applicationdata: string): string[] => boxesOf({ application, applicationdata });
    assert.deepEqual(of('VoiceMailMain', '201@default,s'), ['201@default']);
    assert.deepEqual(of('VoiceMail', '201@work&202,u'), ['201@work', '202@default']);
    assert.deepEqual(of('VoiceMailPlayMsg', '201@default,1-00000000'), ['201@default']);
    for (const data of ['', '@default', ',s']) assert.deepEqual(of('VoiceMailMain', data), ['*'], data);
    assert.deepEqual(of('Dial', '201@default'), []);
  });

  it('a copy that is missing counts, whichever of the same id it was, and Deleted does not', () => {
    assert.deepEqual(lostBetween([row('INBOX', 'a'), row('INBOX', 'a'), row('Old', 'b'), row('Deleted', 'c')], [row('Old', 'a'), row('INBOX', 'z')]), ['a', 'b']);
    assert.deepEqual(lostBetween([row('INBOX', 'a')], [row('Cust5', 'a'), row('Deleted', 'a')]), []);
  });
});
