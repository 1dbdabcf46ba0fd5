import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asterisk, createAsterisk as createStandIn } from '../../lab/asterisk/index.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { asteriskConfig, type AsteriskConnector, createAsterisk } from '../../server/connectors/asterisk/index.ts';
import { wavHeader } from '../../server/audio/wav-header.ts';
import { greetingsConfig } from '../../server/connectors/asterisk/greetings-config.ts';
import { greetingDoor } from '../../server/connectors/asterisk/greetings/door.ts';
import { createGreetingStore } from '../../server/connectors/asterisk/greetings/store.ts';
import type { GreetingStore, Greetings } from '../../server/ports/greeting-store.ts';
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
  let folder: string;
  let asked: Parameters<Greetings['greetingFor']>[0][];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sounds-'));
    clock = createLabClock();
    asked = [];
    answer = async () => greeting;
    pbx = await createStandIn({
      clock, users: [{ name: 'tieline', secret, read: ['call', 'system'], write: ['call', 'reporting'] }], phones: ['1001', '1002'].map((extension) => ({ extension, name: extension })),
      voicemail: { boxes: [{ mailbox: '1001', fullname: 'Ann Alder' }] }, soundsFolder: folder, sounds: { [greeting]: 'Ann Alder is out of the office.' }, digitMs: 0,
      agiUrl: () => `agi://127.0.0.1:${connector.agiPort() ?? 1}/conference`,
    });
    connector = createAsterisk({
      config: asteriskConfig.parse({ type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: pbx.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 }, greetings: { folder: join(folder, 'tieline/greetings') } }),
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
    await rm(folder, { recursive: true, force: true });
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

  const wav = Buffer.concat([wavHeader({ tag: 1, channels: 1, sampleRate: 8_000, bitsPerSample: 16, dataBytes: 1_600 }), Buffer.alloc(1_600)]);

  /** As the feature answers (greeting/answer.ts). */
  function chooses(store: GreetingStore): void {
    answer = async () => ((await store.has('en-1')) ? store.soundOf('en-1') : null);
  }

  it('plays what was laid into the PBX’s folder of sounds, from the next call on, and not what is broken or gone', async () => {
    const store = createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: join(folder, 'tieline/greetings') }) });
    chooses(store);
    assert.deepEqual(await heard(), own);
    await store.put('en-1', wav);
    assert.deepEqual(await heard(), ['tieline/greetings/en-1', 'beep']);
    await truncate(join(folder, 'tieline/greetings/en-1.wav'), 100);
    assert.deepEqual(await heard(), own);
    await rm(join(folder, 'tieline'), { recursive: true });
    assert.deepEqual(await heard(), own);
  });

  it('plays what the PBX fetches through our door, where no folder is shared; a door that is shut leaves the own recording', async () => {
    let isShut = true;
    const server = createServer((request, response) => {
      const file = (request.url ?? '').split('/').at(-1) ?? '';
      void door.handle({ params: { file }, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), method: 'GET' }).then((said) => response.writeHead(isShut ? 503 : said.status, said.headers).end(isShut ? '' : said.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const mediaUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hooks/pbx/greetings`;
    const store = createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: join(folder, 'ours'), mediaUrl }) });
    const door = greetingDoor(store);
    try {
      chooses(store);
      await store.put('en-1', wav);
      assert.deepEqual(await heard(), own);
      isShut = false;
      assert.deepEqual(await heard(), [`${mediaUrl}/en-1.wav`, 'beep']);
    } finally {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });
});
