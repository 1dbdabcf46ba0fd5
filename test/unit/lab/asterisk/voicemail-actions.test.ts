import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import type { BoxSettings } from '../../../../lab/asterisk/voicemail/boxes.ts';
import { createWorld, packets, type Wire, type World } from './support.ts';

const boxes: BoxSettings[] = [
  { mailbox: '201', fullname: 'Ann Alder', email: 'ann@contoso.test' },
  { mailbox: '202', fullname: 'Bob', maxMessages: 2, attach: true, deletes: true },
  { mailbox: '203', fullname: 'Cy', backupDeleted: 20 },
];

describe('lab Asterisk: voicemail over AMI, as tried on 22.10.1', () => {
  let world: World;
  let wire: Wire;
  /** Hears the events, so that they do not come between an action and its answer. */
  let ears: Wire;

  beforeEach(async () => {
    world = await createWorld({ clock: createLabClock({ startAt: Date.UTC(2026, 10, 21, 6, 49) }), voicemail: { boxes } });
    wire = await world.login('god', 'off');
    ears = await world.login('god', 'call');
  });
  afterEach(() => world.close());

  function leave(box = '201', name = 'Dee Dove'): string {
    return world.pbx.exchange.voicemail.leave(box, { caller: { name, number: '+15551230001' } });
  }

  async function rows(box = '201'): Promise<string[]> {
    const text = await wire.ask(`Action: VoicemailBoxSummary\nContext: default\nMailbox: ${box}`, 'VoicemailBoxDetailComplete');
    return packets(text, 'Event: VoicemailBoxDetail').flatMap(({ Folder: folder, ID: id }) => (id === undefined ? [] : [`${folder} ${id}`]));
  }

  async function change(action: string, box: string, folder: string, id: string, more = ''): Promise<string> {
    const text = await wire.ask(`Action: ${action}\nActionID: t\nContext: default\nMailbox: ${box}\nFolder: ${folder}\nID: ${id}${more}`, /ActionID: t[\s\S]*?\r\n\r\n/);
    return text.slice(text.indexOf('Response:'));
  }

  it('a summary shows folder, caller, date in words, length and id', async () => {
    leave();
    const text = await wire.ask('Action: VoicemailBoxSummary\nActionID: t\nContext: default\nMailbox: 201', 'ListItems');
    assert.match(text, /Event: VoicemailBoxDetail\r\nActionID: t\r\nFolder: INBOX\r\nCallerID: "Dee Dove" <\+15551230001>\r\nDate: Sat Nov 21 06:49:0\d AM UTC 2026\r\nDuration: 4\r\nFlag: \r\nID: 17952437\d\d-00000000\r\n\r\n/);
  });

  it('an unknown box is a Success without a list', async () => {
    const text = await wire.ask('Action: VoicemailBoxSummary\nContext: default\nMailbox: 299');
    assert.equal(text, 'Response: Success\r\nMessage: There is no voicemail user matching the given user.\r\n\r\n');
    assert.match(await wire.ask('Action: VoicemailUserStatus\nContext: default\nMailbox: 299'), /^Response: Success\r\nMessage: There is no voicemail user of the given info\.\r\n\r\n$/);
  });

  it('a failed move is a Success with a stray line feed, to the byte; a missing parameter is an Error', async () => {
    assert.equal(await change('VoicemailMove', '201', 'INBOX', '1-00000000', '\nToFolder: Old'), 'Response: Success\r\nActionID: t\r\nMessage: Message move failed\n\r\n\r\n');
    assert.match(await change('VoicemailMove', '201', 'INBOX', '1-00000000'), /Response: Error\r\nActionID: t\r\nMessage: ToFolder not specified, required/);
  });

  it('moving to Old tells the counts, without a channel; ids stay and folders have no case', async () => {
    const id = leave();
    await ears.until('New: 1');
    ears.take();
    await change('VoicemailMove', '201', 'inbox', id, '\nToFolder: OLD');
    await ears.until(/Mailbox: 201@default\r\nWaiting: 0\r\nNew: 0\r\nOld: 1\r\n\r\n/);
    assert.ok(!ears.text.includes('Uniqueid'));
    assert.deepEqual(await rows(), [`Old ${id}`]);
  });

  it('removing renumbers, and is for good', async () => {
    const [one, two] = [leave(), leave()];
    assert.match(await change('VoicemailRemove', '201', 'INBOX', one), /Message remove successful\n\r\n\r\n/);
    const { spool } = world.pbx.exchange.voicemail;
    const box = world.pbx.exchange.voicemail.box('201');
    assert.ok(box && spool.folder(box, 'INBOX').text(0)?.includes(two));
    assert.deepEqual(await rows(), [`INBOX ${two}`]);
  });

  it('forwarding copies the id; to a full box it is "successful" and nothing comes', async () => {
    const id = leave();
    const to = '\nToContext: default\nToMailbox: 202\nToFolder: INBOX';
    for (let left = 3; left > 0; left -= 1) assert.match(await change('VoicemailForward', '201', 'INBOX', id, to), /Message forward successful\n/);
    assert.deepEqual(await rows('202'), [`INBOX ${id}`, `INBOX ${id}`]);
    assert.deepEqual(await rows(), [`INBOX ${id}`]);
  });

  it('with backupdeleted every move leaves a copy in Deleted; moving out of there takes five seconds and leaves it, removing there does nothing', async () => {
    const id = leave('203');
    await change('VoicemailMove', '203', 'INBOX', id, '\nToFolder: Old');
    assert.deepEqual(await rows('203'), [`Old ${id}`, `Deleted ${id}`]);
    await change('VoicemailRemove', '203', 'Old', id);
    assert.deepEqual(await rows('203'), [`Deleted ${id}`, `Deleted ${id}`]);
    const before = world.clock.now();
    const moved = change('VoicemailMove', '203', 'Deleted', id, '\nToFolder: INBOX');
    while (world.clock.now() - before < 4900) await world.turn(1000);
    await moved;
    assert.deepEqual(await rows('203'), [`INBOX ${id}`, `Deleted ${id}`, `Deleted ${id}`]);
  });

  it('a move to Deleted without backupdeleted makes the message invisible for good', async () => {
    const id = leave();
    void change('VoicemailMove', '201', 'INBOX', id, '\nToFolder: Deleted');
    await world.turn(1000);
    const box = world.pbx.exchange.voicemail.box('201');
    assert.ok(box);
    assert.deepEqual(world.pbx.exchange.voicemail.files.list('default/201/Deleted'), ['msg-001.txt', 'msg-001.wav']);
    assert.deepEqual(world.pbx.exchange.voicemail.spool.summary(box), []);
  });

  it('a message without audio stops everything behind it: success, and nothing happened', async () => {
    const [one, two] = [leave(), leave()];
    world.pbx.exchange.voicemail.files.remove('default/201/INBOX/msg0000.wav');
    assert.match(await change('VoicemailRemove', '201', 'INBOX', two), /successful/);
    assert.deepEqual(await rows(), [`INBOX ${one}`, `INBOX ${two}`]);
  });

  it('a gap is closed and a missing id written by reading', async () => {
    leave();
    const { files } = world.pbx.exchange.voicemail;
    files.rename('default/201/INBOX/msg0000.txt', 'default/201/INBOX/msg0003.txt');
    files.rename('default/201/INBOX/msg0000.wav', 'default/201/INBOX/msg0003.wav');
    files.write('default/201/INBOX/msg0003.txt', Buffer.from('[message]\ncallerid=X\norigdate=\nduration=1\n'));
    const [row] = await rows();
    assert.deepEqual(files.list('default/201/INBOX'), ['msg0000.txt', 'msg0000.wav']);
    assert.ok(row?.startsWith('INBOX ') && files.read('default/201/INBOX/msg0000.txt')?.toString().includes(`msg_id=${row.slice(6)}`));
  });

  it('files that change behind its back show in counts at once and in MessageWaiting after VoicemailRefresh only', async () => {
    leave();
    await ears.until('New: 1');
    ears.take();
    for (const name of ['msg0000.txt', 'msg0000.wav']) world.pbx.exchange.voicemail.files.remove(`default/201/INBOX/${name}`);
    assert.match(await wire.ask('Action: MailboxCount\nMailbox: 201@default'), /Message: Mailbox Message Count\r\nMailbox: 201@default\r\nUrgMessages: 0\r\nNewMessages: 0\r\nOldMessages: 0/);
    assert.ok(!ears.text.includes('MessageWaiting'));
    assert.equal(world.pbx.phone('201').view().messageLight, true);
    wire.action('Action: VoicemailRefresh\nContext: default\nMailbox: 201');
    await ears.until(/Mailbox: 201@default\r\nWaiting: 0\r\nNew: 0/);
    assert.equal(world.pbx.phone('201').view().messageLight, false);
  });

  it('boxes are listed with what their PBX does by itself; no address is "(null)"', async () => {
    const users = packets(await wire.ask('Action: VoicemailUsersList', 'VoicemailUserEntryComplete'), 'Event: VoicemailUserEntry');
    assert.deepEqual(users.slice(0, 2).map((each) => [each['VoiceMailbox'], each['Email'], each['AttachMessage'], each['DeleteMessage'], each['MaxMessageCount']]), [
      ['201', 'ann@contoso.test', 'No', 'No', '100'], ['202', '(null)', 'Yes', 'Yes', '2'],
    ]);
  });

  it('AST_CONFIG reads a message file; one that is not there is an empty value; ids stay unknown to who may not ask', async () => {
    const id = leave();
    const path = '/var/spool/asterisk/voicemail/default/201/INBOX/msg0000.txt';
    assert.match(await wire.ask(`Action: Getvar\nVariable: AST_CONFIG(${path},message,msg_id)`), new RegExp(`Value: ${id}\r\n`));
    assert.match(await wire.ask(`Action: Getvar\nVariable: AST_CONFIG(${path.replace('0000', '0009')},message,msg_id)`), /Value: \r\n/);
    assert.match(await wire.ask('Action: Getvar\nVariable: ASTSPOOLDIR'), /Value: \/var\/spool\/asterisk\r\n/);
    const watcher = await world.login('least', 'off');
    assert.match(await watcher.ask(`Action: VoicemailRemove\nContext: default\nMailbox: 201\nFolder: INBOX\nID: ${id}`), /Permission denied/);
  });

  it('a caller called "Bob; drop" ends at the semicolon', async () => {
    leave('201', 'Bob; drop');
    assert.match(await wire.ask('Action: VoicemailBoxSummary\nContext: default\nMailbox: 201', 'ListItems'), /CallerID: "Bob\r\n/);
  });
});
