import assert from 'node:assert/strict';
import { type Asterisk, createAsterisk as createStandIn } from '../../lab/asterisk/index.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { asteriskConfig, type AsteriskConnector, createAsterisk } from '../../server/connectors/asterisk/index.ts';
import type { Greetings } from '../../server/ports/greeting-store.ts';
import { silent } from '../../server/ports/log.ts';
import { onlyAdmission } from '../support/admission.ts';
import { createRunningClock, lastLines } from '../support/running-clock.ts';

const secret = 'open sesame';
const greeting = 'tieline/greetings/en-0123';
const own = ['vm-theperson', 'vm-isunavail', 'vm-intro', 'beep'];

/** The dialplan of pbx/asterisk/greeting.conf, the connector over real sockets, and whatever word is given. */
describe('greetings in front of a voicemail box, over FastAGI', () => {
  let clock: TurnableClock;
  let pbx: Asterisk;
  let connector: AsteriskConnector;
  let answer: Greetings['greetingFor'];
  let asked: Parameters<Greetings['greetingFor']>[0][];

  beforeEach(async () => {
    clock = createLabClock();
    asked = [];
    answer = async () => greeting;
    pbx = await createStandIn({
      clock, users: [{ name: 'tieline', secret, read: ['call', 'system'], write: ['call', 'reporting'] }], phones: ['1001', '1002'].map((extension) => ({ extension, name: extension })),
      voicemail: { boxes: [{ mailbox: '1001', fullname: 'Ann Alder' }] }, sounds: { [greeting]: 'Ann Alder is out of the office.' }, digitMs: 0,
      agiUrl: () => `agi://127.0.0.1:${connector.agiPort() ?? 1}/conference`,
    });
    connector = createAsterisk({
      config: asteriskConfig.parse({ type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: pbx.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 }, greetings: { folder: '/nonexistent' } }),
      clock, log: silent, random: () => 0.5, env: { AMI_SECRET: secret },
      admission: onlyAdmission({ decideByCode: async () => ({ admit: false, refusal: 'unknown-code', language: 'en', mayRetry: false }) }),
      greetings: {
        greetingFor(call) {
          asked.push(call);
          return answer(call);
        },
      },
    });
    await connector.start();
  });
  afterEach(async () => {
    await connector.stop();
    await pbx.close();
    clock.stop();
  });

  /** What somebody hears who calls 1001, up to the tone. */
  async function heard(state = 'xa'): Promise<string[]> {
    const { until } = createRunningClock(clock, () => lastLines(pbx.log));
    pbx.exchange.presences.write('CustomPresence:1001', `${state},,`);
    pbx.exchange.variables.set(null, 'TIELINE_ROUTE_AWAY', 'voicemail');
    const phone = pbx.phone('1002');
    phone.dial('1001');
    await until('the tone', () => phone.view().isRecorded);
    const sounds = phone.view().hears.flatMap((each) => (each.kind === 'sound' ? [each.sound ?? ''] : []));
    phone.hangUp();
    await until('hung up', () => phone.view().call === null);
    return sounds;
  }

  it('plays what the state asks for, in place of the own recording, and names extension and language', async () => {
    assert.deepEqual(await heard(), [greeting, 'beep']);
    assert.deepEqual(asked, [{ instance: 'pbx', extension: '1001', language: 'en' }]);
    assert.deepEqual(await heard('away'), [greeting, 'beep']);
    assert.deepEqual(await heard('dnd'), [greeting, 'beep']);
  });

  it('leaves the own recording where nothing is chosen, where the sound is missing, and where our word fails', async () => {
    answer = async () => null;
    assert.deepEqual(await heard(), own);
    answer = async () => 'tieline/greetings/missing';
    assert.deepEqual(await heard(), own);
    answer = async () => Promise.reject(new Error('the database is away'));
    assert.deepEqual(await heard(), own);
  });

  it('does not let a caller wait longer than 300 ms for our word', async () => {
    answer = () => new Promise(() => undefined);
    const before = clock.now();
    assert.deepEqual(await heard(), own);
    // The rest is what the box says.
    assert.ok(clock.now() - before < 300 + 5_000, String(clock.now() - before));
  });

  it('plays the own recording while Tieline is away', async () => {
    await connector.stop();
    assert.deepEqual(await heard(), own);
    assert.deepEqual(asked, []);
  });
});
