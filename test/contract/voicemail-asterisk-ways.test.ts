import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import { asteriskConfig } from '../../server/connectors/asterisk/index.ts';
import type { VoicemailEvent } from '../../server/ports/voicemail-store.ts';
import { type AsteriskVoicemailOptions, type AsteriskVoicemailWorld, asteriskVoicemailWorld } from './asterisk-voicemail.ts';

const dee = { name: 'Dee Dove', number: '+15551230001' };

/** What is Asterisk's own way, through the whole connector and real sockets. */
describe('voicemail of Asterisk, through the connector', function () {
  this.timeout(20_000);
  let world: AsteriskVoicemailWorld;
  let told: VoicemailEvent[] = [];

  async function begin(options: AsteriskVoicemailOptions = {}): Promise<void> {
    world = await asteriskVoicemailWorld(options);
    told = [];
    world.store.onEvent((event) => told.push(event));
  }
  afterEach(() => world.stop());

  async function states(box = world.box): Promise<string[]> {
    return (await world.through(world.store.messages(box))).map(({ id, state }) => `${id} ${state}`).toSorted();
  }

  async function failsWith(fault: TheirFault, outcome: Promise<unknown>): Promise<TheirError> {
    let caught: unknown;
    await world.through(outcome).catch((error: unknown) => (caught = error));
    assert.ok(caught instanceof TheirError && caught.fault === fault, String(caught));
    return caught;
  }

  function remedies(): string[] {
    return world.connector.status().gaps.map(({ capability, remedy }) => `${capability}: ${remedy}`);
  }

  it('without the class "user" it reads, changes nothing, and says which line of manager.conf is missing', async () => {
    await begin({ write: ['call', 'reporting', 'originate'] });
    const id = await world.leave(world.box, dee);
    const { capabilities } = world.store;
    assert.deepEqual([capabilities.markHeard, capabilities.remove, capabilities.trash, capabilities.forward, capabilities.lamp, capabilities.audio], [false, false, false, false, false, true]);
    assert.deepEqual(await states(), [`${id} unheard`]);
    assert.match(remedies().join('\n'), /\[tieline\], add "user" to "write ="/);
    assert.equal(world.connector.status().state, 'refused');
  });

  it('the clock by which somebody lives: their box\'s, where its tz names a zone that others know, else the PBX\'s, else nobody knows', async () => {
    for (const [zone, timeZone, own] of [['Europe/London', 'Europe/Berlin', 'Europe/London'], ['eastern', 'Europe/Berlin', 'Europe/Berlin'], ['eastern', undefined, null]] as const) {
      await begin({ box: { zone }, ...(timeZone === undefined ? {} : { timeZone }) });
      await world.through(world.store.boxes());
      assert.deepEqual([world.store.zoneOf?.(world.box), world.store.zoneOf?.('1002@default')], [own, timeZone ?? null], zone);
      if (own !== null) await world.stop();
    }
    assert.throws(() => asteriskConfig.parse({ type: 'asterisk', instance: 'pbx', ami: { host: 'pbx', username: 'tieline', secretEnv: 'S' }, timeZone: 'eastern' }), /no time zone/);
  });

  it('without the class "originate" no phone can be rung, and /readyz names the line', async () => {
    await begin({ write: ['call', 'reporting', 'user'] });
    const { callControl } = world.connector;
    await world.until('it is known', () => remedies().length > 0);
    assert.match(remedies().join('\n'), /^callControl: .*add "originate" to "write ="/);
    assert.deepEqual([callControl?.capabilities.call, callControl?.capabilities.playMessage], [false, false]);
    assert.ok(callControl);
    await failsWith('denied', callControl.call({ key: 'one', phone: '1001', number: '1002' }));
    assert.equal(callControl.progress('one'), null);
  });

  it('an Asterisk that is too old for looking into boxes says from which version on it can', async () => {
    await begin({ unknownActions: ['VoicemailBoxSummary', 'VoicemailMove', 'VoicemailRemove', 'VoicemailForward'], isLame: true });
    assert.match(remedies().join('\n'), /Asterisk 18\.20 and 20\.5/);
    assert.equal(world.store.capabilities.markHeard, false);
    await failsWith('refused', world.store.messages(world.box));
    assert.ok(world.connector.status().capabilities.includes('conference'), 'everything else goes on');
  });

  it('without ARI and without a shared spool there is no sound, and asking for it names the remedy', async () => {
    await begin({ hasAri: false });
    const id = await world.leave(world.box, dee);
    assert.equal(world.store.capabilities.audio, false);
    assert.match((await failsWith('refused', world.store.audio(world.box, id))).remedy ?? '', /ari, or voicemail\.sharedSpool/);
  });

  it('a spool beside the recordings is noticed at the first message, and so is its being moved inside', async () => {
    await begin();
    const id = await world.leave(world.box, dee);
    world.pbx.setSpoolLayout('linked');
    await failsWith('unavailable', world.store.audio(world.box, id));
    assert.equal(world.store.capabilities.audio, false);
    assert.match(remedies().join('\n'), /move the folder voicemail of the spool to recording\/voicemail/);
    world.pbx.setSpoolLayout('inside');
    await world.later(31_000);
    await world.until('it is noticed', () => world.store.capabilities.audio);
    assert.ok((await world.through(world.store.audio(world.box, id))).bytes.length > 44);
    assert.deepEqual(remedies(), []);
  });

  it('sound from a shared spool, read only, with every format under its own type', async () => {
    const spool = await mkdtemp(join(tmpdir(), 'tieline-spool-'));
    try {
      await begin({ hasAri: false, spool, voicemail: { sharedSpool: spool } });
      const box = world.pbx.exchange.voicemail.box(world.box);
      assert.ok(box);
      const types: string[] = [];
      for (const format of ['wav', 'wav49', 'gsm', 'ulaw', 'alaw'] as const) {
        box.format = format;
        const id = await world.leave(world.box, dee);
        const { contentType, bytes } = await world.through(world.store.audio(world.box, id));
        assert.ok(bytes.length > 44);
        types.push(contentType);
      }
      assert.deepEqual(types, ['audio/wav', 'audio/wav', 'audio/x-gsm', 'audio/x-mulaw', 'audio/x-alaw']);
      await failsWith('gone', world.store.audio('../../etc@default', '1795243740-00000000'));
    } finally {
      await rm(spool, { recursive: true, force: true });
    }
  });

  it('ids and boxes that cannot be never go over the wire', async () => {
    await begin();
    await world.leave(world.box, dee);
    world.pbx.log.clear();
    for (const id of ['1\r\nAction: x', '1,2', '', '1-0000000g', '99999999999999-00000000']) await failsWith('gone', world.store.remove(world.box, id));
    for (const box of ['1001', '1001@default\r\nAction: x', '@', '1001@a/b', '10/01@default']) await failsWith('gone', world.store.messages(box));
    assert.deepEqual(world.pbx.log.lines.filter(({ direction }) => direction === 'in').map(({ text }) => text).filter((text) => text.startsWith('Action: Voicemail')), []);
  });

  it('a PIN that somebody changes is never logged', async () => {
    const lines: string[] = [];
    const write = (...parts: unknown[]): void => void lines.push(JSON.stringify(parts));
    const log = { debug: write, info: write, warn: write, error: write, child: () => log };
    await begin({ log });
    world.pbx.exchange.bus.publish(['system', 'user'], 'VoicemailPasswordChange', [['Context', 'default'], ['Mailbox', '1001'], ['NewPassword', '7319']]);
    await world.leave(world.box, dee);
    await world.until('a later event came', () => told.some(({ type }) => type === 'changed'));
    assert.ok(lines.length > 0 && !lines.some((line) => line.includes('7319')));
  });

  it('what a phone deleted is brought back where the PBX keeps it, though that takes five seconds', async () => {
    await begin({ backupDeleted: 20 });
    const [one, two] = [await world.leave(world.box, dee), await world.leave(world.box, dee)];
    const phone = await world.pickUp(world.box);
    await phone.remove(one);
    await phone.hangUp();
    assert.deepEqual(await states(), [`${one} deleted`, `${two} unheard`]);
    await world.through(world.store.restore(world.box, one, 'unheard'));
    assert.deepEqual(await states(), [`${one} unheard`, `${two} unheard`]);
    await failsWith('gone', world.store.restore(world.box, one, 'unheard'));
  });

  it('the trash lets its oldest go when it is full', async () => {
    await begin();
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      ids.push(await world.leave(world.small, dee));
      await world.through(world.store.remove(world.small, ids.at(-1) ?? ''));
    }
    assert.deepEqual(await states(world.small), ids.slice(1).map((id) => `${id} deleted`));
  });

  it('a folder that is full takes nothing, and says so', async () => {
    await begin();
    for (let count = 0; count < 3; count += 1) await world.through(world.store.setHeard(world.small, await world.leave(world.small, dee), true));
    const id = await world.leave(world.small, dee);
    await failsWith('full', world.store.setHeard(world.small, id, true));
    assert.ok((await states(world.small)).includes(`${id} unheard`));
  });

  it('a box for greetings alone has no room for a forward, and that is what is said', async () => {
    await begin({ smallRoom: 0 });
    const id = await world.leave(world.box, dee);
    await failsWith('full', world.store.forward(world.box, id, world.small));
    assert.deepEqual([await states(), await states(world.small)], [[`${id} unheard`], []]);
  });

  it('a message without sound stops changes behind it: Success, and we do not believe it', async () => {
    await begin();
    const [, two] = [await world.leave(world.box, dee), await world.leave(world.box, dee)];
    world.pbx.exchange.voicemail.files.remove('default/1001/INBOX/msg0000.wav');
    assert.match((await failsWith('unavailable', world.store.remove(world.box, two))).remedy ?? '', /without its sound file/);
  });

  it('an urgent message is unheard again as an urgent one', async () => {
    await begin();
    const id = world.pbx.exchange.voicemail.leave(world.box, { urgent: true });
    await world.through(world.store.setHeard(world.box, id, true));
    await world.through(world.store.setHeard(world.box, id, false));
    const [message] = await world.through(world.store.messages(world.box));
    assert.deepEqual([message?.folder, message?.isUrgent, message?.state], ['Urgent', true, 'unheard']);
  });

  it('a light that shows what is no longer there is found and put right', async () => {
    await begin();
    await world.leave(world.box, dee);
    await world.until('it was told', () => told.some(({ type }) => type === 'changed'));
    for (const name of ['msg0000.txt', 'msg0000.wav']) world.pbx.exchange.voicemail.files.remove(`default/1001/INBOX/${name}`);
    assert.deepEqual(await world.through(world.store.lamp(world.box)), { isLit: true, unheard: 0 });
    assert.equal(world.pbx.phone('1001').view().messageLight, true);
    await world.through(world.store.refreshLamp(world.box));
    assert.deepEqual(await world.through(world.store.lamp(world.box)), { isLit: false, unheard: 0 });
    assert.equal(world.pbx.phone('1001').view().messageLight, false);
  });

  it('sees a call in a box, and its end, also when the dialplan tells nothing', async () => {
    await begin();
    const { exchange } = world.pbx;
    const channel = exchange.channels.create({ phone: '1002', state: 6, caller: { number: '1002', name: '' }, context: 'internal', extension: '*98', hear: () => undefined });
    assert.ok(channel);
    void exchange.applications.run(channel, 'VoiceMailMain', '1001@default,s').then(() => exchange.applications.run(channel, 'Wait', '600'));
    assert.equal(await world.through(world.store.isTaken(world.box)), true);
    assert.equal(await world.through(world.store.isTaken(world.small)), false);
    assert.deepEqual(told.map(({ type }) => type), ['taken']);
    await world.until('they are asked for a key', () => channel.collecting && channel.takeDigit !== null);
    exchange.media.press(channel, '#');
    await world.until('we looked and told', () => told.some(({ type }) => type === 'freed'));
    assert.equal(await world.through(world.store.isTaken(world.box)), false);
  });

  it('a menu that asks for the number may be in any box', async () => {
    await begin();
    const { exchange } = world.pbx;
    const id = await world.leave(world.box, dee);
    const channel = exchange.channels.create({ phone: '1002', state: 6, caller: { number: '1002', name: '' }, context: 'internal', extension: '*98', hear: () => undefined });
    assert.ok(channel);
    void exchange.applications.run(channel, 'VoiceMailMain', '');
    await failsWith('busy', world.store.setHeard(world.box, id, true));
    exchange.channels.hangUp(channel, { cause: 16, by: 'phone' });
    await world.through(world.store.setHeard(world.box, id, true));
  });

  it('a box whose PBX mails and deletes by itself says so', async () => {
    await begin({ box: { email: 'Ann@Contoso.test', attach: true, deletes: true } });
    const [ann] = await world.through(world.store.boxes());
    assert.deepEqual([ann?.address, ann?.mailsByItself, ann?.deletesByItself], ['ann@contoso.test', true, true]);
  });

  it('events that are lost cost nothing but time: a restart tells to look at everything again', async () => {
    await begin();
    const id = await world.leave(world.box, dee);
    await world.through(world.pbx.faults.restart());
    await world.until('it told us to look again', () => told.some(({ type }) => type === 'resync') && world.store.capabilities.markHeard);
    await world.through(world.store.setHeard(world.box, id, true));
    assert.deepEqual(await states(), [`${id} heard`]);
  });
});
