import assert from 'node:assert/strict';

import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, packets, type Wire, type World } from './support.ts';

describe('lab Asterisk: voicemail by phone, as tried on 22.10.1', () => {
  let world: World;
  let wire: Wire;

  beforeEach(async () => {
    world = await createWorld({
      clock: createLabClock({ startAt: Date.UTC(2026, 10, 21, 6, 49), paused: true }),
      voicemail: { boxes: [{ mailbox: '201', fullname: 'Ann' }, { mailbox: '202', fullname: 'Bob', maxMessages: 1 }] },
    });
    wire = await world.login('god', 'call,user,dialplan');
  });
  afterEach(() => world.close());

  /** Lets the call get where it waits, then turns the clock. */
  async function turn(ms: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await world.turn(ms);
  }

  function leave(): string {
    return world.pbx.exchange.voicemail.leave('201', {});
  }

  function rows(): string[] {
    const { voicemail } = world.pbx.exchange;
    const box = voicemail.box('201');
    assert.ok(box);
    return voicemail.spool.summary(box).map(({ folder, id }) => `${folder} ${id}`);
  }

  /** Goes into the own box and presses keys, each when somebody asks for one. */
  async function visit(...keys: string[]): Promise<void> {
    world.pbx.phone('201').dial('*97');
    await turn(400);
    for (const key of keys) {
      await world.pbx.phone('201').enter(key);
      await turn(0);
    }
  }

  async function call(extension: string): Promise<void> {
    world.pbx.phone(extension === '201' ? '202' : '201').dial(extension);
    world.pbx.phone(extension).reject();
    await turn(400);
  }

  it('who is busy gets a message: the caller hears the greeting, speaks, hangs up; light, files and event come', async () => {
    await call('201');
    const caller = world.pbx.phone('202');
    await caller.heard('vm-isonphone');
    await caller.heard('beep');
    await caller.speak(7);
    caller.hangUp();
    await wire.until(/Event: MessageWaiting\r\n[\s\S]*?Channel: PJSIP\/202[\s\S]*?Mailbox: 201@default\r\nWaiting: 1\r\nNew: 1\r\nOld: 0/);
    await wire.until('VMSTATUS');
    assert.match(wire.text, /Variable: VM_MESSAGEFILE\r\nValue: \/var\/spool\/asterisk\/voicemail\/default\/201\/INBOX\/msg0000\r\n/);
    assert.equal(world.pbx.phone('201').view().messageLight, true);
    const text = world.pbx.exchange.voicemail.files.read('default/201/INBOX/msg0000.txt')?.toString();
    assert.match(text ?? '', /callerid="Bob" <202>\n[\s\S]*duration=7\n/);
    assert.equal(world.pbx.exchange.voicemail.files.read('default/201/INBOX/msg0000.wav')?.length, 44 + 7 * 16_000);
  });

  it('who hangs up during the greeting leaves nothing', async () => {
    await world.close();
    world = await createWorld({ clock: createLabClock({ paused: true }), promptMs: 100, voicemail: { boxes: [{ mailbox: '201', fullname: 'Ann' }] } });
    world.pbx.phone('202').dial('201');
    world.pbx.phone('201').reject();
    await turn(400);
    await world.pbx.phone('202').heard('vm-theperson');
    world.pbx.phone('202').hangUp();
    await turn(0);
    assert.deepEqual(rows(), []);
  });

  it('a full box says so and takes nothing', async () => {
    world.pbx.exchange.voicemail.leave('202', {});
    await call('202');
    await world.pbx.phone('201').heard('vm-mailboxfull');
    await turn(0);
    assert.equal(world.pbx.channels().length, 0);
  });

  it('everything that a phone does happens at hang-up, with MessageWaiting then', async () => {
    const [one, two] = [leave(), leave()];
    await visit('1', '7');
    assert.deepEqual(rows(), [`INBOX ${one}`, `INBOX ${two}`]);
    assert.deepEqual(world.pbx.channels().map(({ application, data }) => `${application}(${data})`), ['VoiceMailMain(201@default,s)']);
    wire.take();
    world.pbx.phone('201').hangUp();
    await wire.until(/Event: MessageWaiting\r\n[\s\S]*?Channel: PJSIP\/201[\s\S]*?New: 1\r\nOld: 0/);
    assert.deepEqual(rows(), [`INBOX ${two}`]);
  });

  for (const [name, write] of [
    ['VoicemailMove', (id: string) => `Action: VoicemailMove\nContext: default\nMailbox: 201\nFolder: INBOX\nID: ${id}\nToFolder: Old`],
    ['VoicemailRemove', (id: string) => `Action: VoicemailRemove\nContext: default\nMailbox: 201\nFolder: INBOX\nID: ${id}`],
  ] as const) {
    it(`${name} while the phone is in the box: it deletes the wrong message, never heard, and keeps the one that was meant`, async () => {
      const [one, two, three] = [leave(), leave(), leave()];
      await visit('1', '6', '7');
      await wire.ask(write(one), 'successful');
      world.pbx.phone('201').hangUp();
      await turn(0);
      assert.ok(!rows().some((each) => each.endsWith(three)), 'the third is lost');
      assert.ok(rows().some((each) => each.endsWith(two)), 'the second is still there');
    });
  }

  it('VoiceMailPlayMsg heard to the end moves to Old and tells nothing; hung up in the middle it stays, and both are SUCCESS', async () => {
    await world.close();
    world = await createWorld({ clock: createLabClock({ paused: true }), promptMs: 100, voicemail: { boxes: [{ mailbox: '201', fullname: 'Ann' }] } });
    wire = await world.login('god', 'call,user');
    const [one, two] = [leave(), leave()];
    await wire.until('New: 2');
    wire.take();

    async function play(id: string): Promise<void> {
      const before = wire.text.length;
      wire.action(`Action: Originate\nChannel: PJSIP/201\nContext: tieline-play\nExten: s\nPriority: 1\nAsync: true\nVariable: VMBOX=201@default,VMID=${id}`);
      await world.pbx.until(() => world.pbx.phone('201').view().call?.phase === 'ringing' || undefined);
      world.pbx.phone('201').answer();
      await turn(400);
      await world.pbx.until(() => world.pbx.phone('201').view().hears.some(({ words }) => words === '(a message)') || undefined);
      assert.ok(wire.text.length >= before);
    }

    await play(one);
    await turn(5000);
    await wire.until(/UserEvent: TielinePlayed\r\nBox: 201@default\r\nId: [\da-f-]+\r\nCall: [\d.]+\r\nStatus: SUCCESS/);
    assert.deepEqual(rows(), [`INBOX ${two}`, `Old ${one}`]);
    assert.deepEqual(packets(wire.text, 'Event: MessageWaiting'), []);
    assert.equal(world.pbx.phone('201').view().messageLight, true);
    wire.take();
    await play(two);
    world.pbx.phone('201').hangUp();
    await wire.until('Status: HUNGUP');
    assert.deepEqual(rows(), [`INBOX ${two}`, `Old ${one}`]);
  });
});
