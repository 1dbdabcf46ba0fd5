import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greetingText } from '../../words/greeting.ts';
import { readSound } from '../../server/audio/sound.ts';
import { telephoneWav } from '../../server/audio/telephone.ts';
import { greetingsConfig } from '../../server/connectors/asterisk/greetings-config.ts';
import { createGreetingStore } from '../../server/connectors/asterisk/greetings/store.ts';
import { TheirError } from '../../server/domain/errors.ts';
import { systemClock } from '../../server/ports/clock.ts';

const now = Date.parse('2026-11-27T09:00:00Z');
const until = Date.parse('2026-11-30T08:00:00Z');

/** Debian's espeak-ng with its German and English voices: what callers would hear is made, cut to a telephone's sound, and laid down whole. */
describe('test:real: a voice that speaks greetings', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'espeak-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function store(voice: object) {
    return createGreetingStore({ instance: 'pbx', clock: systemClock({ keepsAlive: true }), config: greetingsConfig.parse({ folder, languages: ['en', 'de'], voice }) });
  }
  async function spoken(text: string, language: string): Promise<{ seconds: number; loudest: number; wav: Uint8Array }> {
    const wav = telephoneWav(readSound({ bytes: Buffer.from(await store({}).speak(text, language)), contentType: 'audio/wav' }));
    const samples = new Int16Array(wav.slice(44).buffer);
    return { seconds: samples.length / 8_000, loudest: samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0), wav };
  }
  const text = (language: string, name = 'Anna Berger') => greetingText({ name, face: 'outOfOffice', until }, now, { language, timeZone: 'Europe/Berlin' });

  for (const language of ['en', 'de']) {
    it(`speaks ${language}: some seconds, loud enough to be heard, kept as it will be played`, async () => {
      const { seconds, loudest, wav } = await spoken(text(language), language);
      assert.ok(seconds > 3 && seconds < 20, `${seconds} s`);
      assert.ok(loudest > 3_000, String(loudest));
      await store({}).put(`${language}-1`, wav);
      assert.deepEqual(await store({}).read(`${language}-1`), Buffer.from(wav));
    });
  }

  it('says the same sentence otherwise in German: it is another voice, not another accent of one text', async () => {
    const [english, german] = await Promise.all([spoken('until 09:00', 'en'), spoken('until 09:00', 'de')]);
    assert.notDeepEqual(english.wav, german.wav);
  });

  it('takes names in any script, with any quotes and marks, as text and as nothing else', async () => {
    for (const name of ['„Anna“ »Berger«', 'أنّا \u202Eبرغر\u202C', '安娜', '[[D,Is Iz s@m]]', '<speak><break time="60s"/></speak>', '--version; $(reboot) `id`', '-f/etc/passwd']) {
      const { seconds, loudest } = await spoken(text('de', name), 'de');
      assert.ok(seconds > 3 && seconds < 30 && loudest > 3_000, `${name}: ${seconds} s`);
    }
  });

  it('that is missing, or has not this language, is told as such, and nothing is laid down', async () => {
    const isAway = (error: unknown): boolean => error instanceof TheirError && error.fault === 'unavailable' && /voice/.test(error.remedy ?? '');
    await assert.rejects(store({ command: 'espeak-of-another-house' }).speak('x', 'en'), isAway);
    // An unknown name whose beginning is a language's is spoken in that language: "no-such-voice" is Norwegian.
    await assert.rejects(store({ voices: { en: 'xx' } }).speak('x', 'en'), isAway);
  });
});
