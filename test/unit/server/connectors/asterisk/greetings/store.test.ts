import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabClock, type TurnableClock } from '../../../../../../lab/clock.ts';
import { wavHeader } from '../../../../../../server/audio/wav-header.ts';
import { greetingsConfig } from '../../../../../../server/connectors/asterisk/greetings-config.ts';
import { greetingDoor } from '../../../../../../server/connectors/asterisk/greetings/door.ts';
import { createGreetingStore } from '../../../../../../server/connectors/asterisk/greetings/store.ts';
import { TheirError } from '../../../../../../server/domain/errors.ts';

const wav = Buffer.concat([wavHeader({ tag: 1, channels: 1, sampleRate: 8_000, bitsPerSample: 16, dataBytes: 1_600 }), Buffer.alloc(1_600)]);

describe('greetings in a folder', () => {
  let folder: string;
  let clock: TurnableClock;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'greetings-')), 'made', 'by us');
    clock = createLabClock({ paused: true });
  });
  afterEach(async () => {
    clock.stop();
    await rm(join(folder, '..', '..'), { recursive: true, force: true });
  });

  function store(more: object = {}): ReturnType<typeof createGreetingStore> {
    return createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder, ...more }) });
  }

  it('lie there whole, and nowhere half; what was cut off counts as missing', async () => {
    await store().put('en-1', wav);
    assert.deepEqual(await readdir(folder), ['en-1.wav']);
    assert.deepEqual([await store().has('en-1'), await store().has('en-2')], [true, false]);
    assert.deepEqual(await store().read('en-1'), wav);
    await truncate(join(folder, 'en-1.wav'), 500);
    assert.equal(await store().has('en-1'), false);
    await writeFile(join(folder, 'en-1.wav'), 'no sound at all, but long enough to be taken for one at a first look');
    assert.equal(await store().has('en-1'), false);
    await store().put('en-1', wav);
    assert.equal(await store().has('en-1'), true);
  });

  it('are called as the PBX calls them, by folder or by address', () => {
    assert.equal(store().soundOf('en-1'), 'tieline/greetings/en-1');
    assert.equal(store({ mediaUrl: 'https://tieline.example.com/hooks/pbx/greetings/' }).soundOf('en-1'), 'https://tieline.example.com/hooks/pbx/greetings/en-1.wav');
  });

  it('go when nobody needs them, and nothing else in the folder does', async () => {
    await store().put('en-old', wav);
    await store().put('en-new', wav);
    await writeFile(join(folder, 'unavail.wav.bak'), 'somebody’s own');
    await writeFile(join(folder, 'Own Recording.wav'), 'somebody’s own');
    await utimes(join(folder, 'en-old.wav'), new Date(1_000_000), new Date(1_000_000));
    await utimes(join(folder, 'Own Recording.wav'), new Date(1_000_000), new Date(1_000_000));
    await store().forget(2_000_000);
    assert.deepEqual((await readdir(folder)).toSorted(), ['Own Recording.wav', 'en-new.wav', 'unavail.wav.bak']);
    await assert.rejects(store().put('../../etc/evil', wav), /strange name/);
  });

  it('stand in a list of what somebody recorded: by folder, by name as the dialplan calls it, without those that we make', async () => {
    const all = join(folder, '..');
    for (const path of ['en/hello.gsm', 'de/hello.wav', 'en_US/digits/at.sln16', 'custom/closed.wav', 'tieline/greetings/en-1.wav', 'custom/closed.wav.bak', 'custom/größe.wav', 'custom/readme.txt', 'top.ulaw']) {
      await mkdir(join(all, 'sounds', path, '..'), { recursive: true });
      await writeFile(join(all, 'sounds', path), '');
    }
    assert.deepEqual(await store({ soundsFolder: join(all, 'sounds') }).recorded(), ['custom/closed', 'digits/at', 'hello', 'top']);
    assert.equal(await store().recorded(), null, 'no way to tell');
    await assert.rejects(store({ soundsFolder: join(all, 'nowhere') }).recorded(), (error: unknown) => error instanceof TheirError && /soundsFolder/.test(error.remedy ?? ''));
  });

  it('say which folder cannot be written', async () => {
    await store().put('en-1', wav);
    const inFile = join(folder, 'en-1.wav', 'below a file');
    await assert.rejects(createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: inFile }) }).put('en-2', wav), (error: unknown) => error instanceof TheirError && /cannot be written/.test(error.message) && (error.remedy ?? '').includes(inFile));
  });

  it('are fetched through the door by their name, and nothing else is', async () => {
    await store().put('en-1', wav);
    const door = greetingDoor(store());
    const get = (file: string) => door.handle({ method: 'GET', query: new URLSearchParams(), params: { file }, headers: {}, body: Buffer.alloc(0) });
    const found = await get('en-1.wav');
    assert.deepEqual([found.status, found.headers?.['Content-Type'], Buffer.from(found.body ?? '').equals(wav)], [200, 'audio/wav', true]);
    for (const file of ['en-2.wav', 'en-1', '..%2Fen-1.wav', '../en-1.wav', '']) assert.equal((await get(file)).status, 404, file);
  });
});

describe('a voice', () => {
  let clock: TurnableClock;
  beforeEach(() => void (clock = createLabClock({ paused: true })));
  afterEach(() => clock.stop());

  /** A program of ours in place of a voice. */
  function voice(program: string, more: object = {}): (text: string, language: string) => Promise<Uint8Array> {
    const made = createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: '/nonexistent', voice: { command: process.execPath, arguments: ['-e', program, '{language}'], voices: { de: 'mb-de5' }, ...more } }) });
    return (text, language) => made.speak(text, language);
  }
  const says = "let t='';process.stdin.on('data',d=>t+=d).on('end',()=>process.stdout.write(process.argv[1]+': '+t))";

  it('gets the text as it is and the voice of the language, and no shell', async () => {
    const text = 'Hello. “Ann” $(touch x) `id` -v; שרה';
    assert.equal(Buffer.from(await voice(says)(text, 'en')).toString('utf8'), `en: ${text}`);
    assert.equal(Buffer.from(await voice(says)('Hallo.', 'de')).toString('utf8'), 'mb-de5: Hallo.');
  });

  it('that is missing, fails, says nothing or does not read is told with its remedy', async () => {
    const wrong = (error: unknown): boolean => error instanceof TheirError && /Install/.test(error.remedy ?? '');
    await assert.rejects(voice(says, { command: '/nonexistent/voice' })('x', 'en'), wrong);
    await assert.rejects(voice('process.exit(3)')('x'.repeat(100_000), 'en'), wrong);
    await assert.rejects(voice('')('x', 'en'), wrong);
    await assert.rejects(voice('process.stdout.write(Buffer.alloc(9e6))')('x', 'en'), wrong);
  });

  it('that hangs is stopped in time', async () => {
    const hangs = voice('setInterval(()=>0,1000)')('x', 'en');
    const late = assert.rejects(hangs, (error: unknown) => error instanceof TheirError && error.fault === 'no-answer');
    clock.advance(15_000);
    await late;
  });

  it('that is not configured cannot speak', async () => {
    const store = createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: '/nonexistent' }) });
    assert.equal(store.hasVoice, false);
    await assert.rejects(store.speak('x', 'en'), /no voice is configured/);
  });

  it('that is missing is told with what to install, until one speaks', async () => {
    let changes = 0;
    const made = (command: string, args: readonly string[]) => createGreetingStore({ instance: 'pbx', clock, config: greetingsConfig.parse({ folder: '/nonexistent', voice: { command, arguments: args } }), onChange: () => (changes += 1) });
    const store = made('no-such-voice', []);
    assert.deepEqual([store.voiceFails(), store.gaps()], [false, []], 'nobody asked it yet');
    await assert.rejects(store.speak('x', 'de'), TheirError);
    await assert.rejects(store.speak('x', 'de'), TheirError);
    const [gap] = store.gaps();
    assert.match(gap?.remedy ?? '', /Install no-such-voice, with a voice for "de"/);
    assert.deepEqual([store.voiceFails(), changes], [true, 1]);
    // Speaks English only.
    const half = made(process.execPath, ['-e', "process.argv[1] === 'en' ? console.log('RIFF') : process.exit(1)", '{language}']);
    await assert.rejects(half.speak('x', 'de'), TheirError);
    await half.speak('x', 'en');
    assert.deepEqual([half.voiceFails(), half.gaps()], [false, []]);
  });
});
