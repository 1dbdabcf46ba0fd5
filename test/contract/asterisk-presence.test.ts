import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createAsterisk as createStandIn, type Asterisk } from '../../lab/asterisk/index.ts';
import { createLabClock } from '../../lab/clock.ts';
import { asteriskConfig, createAsterisk, type AsteriskConnector } from '../../server/connectors/asterisk/index.ts';
import { silent } from '../../server/ports/log.ts';
import type { PhoneEvent, PresenceTarget } from '../../server/ports/presence-target.ts';
import { onlyAdmission } from '../support/admission.ts';
import { createRunningClock, lastLines, type RunningClock } from '../support/running-clock.ts';

const secret = 'open sesame';
const line = { pbx: 'pbx', context: 'internal', extension: '201' };
const calm = { availability: 'doNotDisturb', face: 'doNotDisturb', text: 'Do not disturb' } as const;

/** What phones show and say, over the real wire and with no more rights than the delivered file grants. */
describe('Asterisk: the state of a line, and what its phone says', () => {
  let pbx: Asterisk;
  let connector: AsteriskConnector;
  let target: PresenceTarget;
  let clock: ReturnType<typeof createLabClock>;
  let told: PhoneEvent[];
  let until: RunningClock['until'];
  let through: RunningClock['through'];

  beforeEach(async () => {
    const file = await readFile(new URL('../../pbx/asterisk/manager.d/tieline.conf', import.meta.url), 'utf8');
    const classes = (which: 'read' | 'write'): string[] => (new RegExp(`^${which} = (.+)$`, 'm').exec(file)?.[1] ?? '').split(',');
    clock = createLabClock();
    pbx = await createStandIn({ clock, users: [{ name: 'tieline', secret, read: classes('read'), write: classes('write') }], phones: [{ extension: '201', name: 'Ann' }], agiUrl: () => 'agi://127.0.0.1:1/conference' });
    connector = createAsterisk({
      config: asteriskConfig.parse({ type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: pbx.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 } }),
      clock, log: silent, admission: onlyAdmission({ decideByCode: async () => ({ admit: false, refusal: 'unknown-code', language: 'en', mayRetry: false }) }), random: () => 0.5, env: { AMI_SECRET: secret },
    });
    ({ until, through } = createRunningClock(clock, () => lastLines(pbx.log)));
    target = connector.presenceTarget ?? assert.fail('no presence');
    told = [];
    target.onEvent((event) => told.push(event));
    await connector.start();
    await until('it is ready', () => connector.status().state === 'ready');
  });
  afterEach(async () => {
    await connector.stop();
    await pbx.close();
    clock.stop();
  });

  const presence = () => pbx.exchange.presences.get('CustomPresence:201');
  const keys = (): PhoneEvent[] => told.filter(({ type }) => type === 'do-not-disturb');

  it('is set, with hostile words as words, and forgotten again, by the rights of the delivered file alone', async () => {
    await through(target.show(line, { ...calm, text: 'Lunch, see you\r\nAction: Originate\r\n\r\nEvent: Fake' }));
    assert.deepEqual(presence(), { state: 'dnd', subtype: 'doNotDisturb', message: 'Lunch, see youAction: OriginateEvent: Fake' });
    await through(target.forget(line));
    await through(target.forget(line));
    assert.deepEqual(presence(), { state: 'not_set', subtype: '', message: '' });
    assert.deepEqual(await through(target.devices()), [{ device: 'PJSIP/201', isBusy: false }]);
    const actions = new Set(pbx.log.lines.filter(({ protocol, direction, text }) => protocol === 'ami' && direction === 'in' && text.startsWith('Action: ')).map(({ text }) => text));
    assert.ok([...actions].every((action) => !/DBPut|DBDel|Command|Originate/.test(action)), [...actions].join());
  });

  it('refuses an extension that would be another function’s argument', async () => {
    for (const extension of ['201,e', '201)', '2 1', '']) await assert.rejects(through(target.show({ ...line, extension }, calm)), /strange characters/);
    await assert.rejects(through(target.forget({ ...line, extension: '201,e' })), /strange characters/);
  });

  it('is told again after a restart only once Asterisk has loaded what it needs for that', async () => {
    await through(target.show(line, calm));
    told.length = 0;
    const shown: Promise<void>[] = [];
    target.onEvent((event) => {
      if (event.type === 'resync') shown.push(target.show(line, calm));
    });
    const back = pbx.faults.restart();
    pbx.exchange.presences.write('CustomPresence:201', 'not_set,,');
    await through(back);
    await until('it is told', () => shown.length > 0);
    await through(Promise.all(shown));
    assert.deepEqual([presence().state, told.filter(({ type }) => type === 'resync').length], ['dnd', 1]);
  });

  it('hears a do-not-disturb key that sets a device state, also one that was pressed while nobody listened; a state that is not known yet is none', async () => {
    pbx.exchange.devices.write('Custom:DND201', 'INUSE');
    await until('the key is heard', () => keys().length === 1);
    assert.deepEqual(keys().map((event) => ({ ...event, at: 0 })), [{ type: 'do-not-disturb', extension: '201', isOn: true, at: 0 }]);
    const mend = await pbx.faults.down();
    await until('it is noticed', () => connector.status().state === 'down');
    pbx.exchange.devices.write('Custom:DND201', 'NOT_INUSE');
    pbx.exchange.devices.write('Custom:DND202', 'INVALID');
    await through(mend());
    await until('it is back', () => connector.status().state === 'ready');
    assert.deepEqual([keys().length, await through(target.doNotDisturbKeys())], [1, [{ extension: '201', isOn: false }]]);
    pbx.exchange.devices.write('Custom:DND202', 'UNAVAILABLE');
    pbx.exchange.devices.write('Custom:DND201', 'BUSY');
    await until('the next is heard', () => keys().length === 2);
    assert.deepEqual(keys().map((event) => event.type === 'do-not-disturb' && [event.extension, event.isOn]), [['201', true], ['201', true]]);
  });
});
