import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { TheirError, UserError, type TheirFault } from '../../../../../server/domain/errors.ts';
import { createJournal, putTranscriptions } from '../../../../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import type { VoicemailPolicy } from '../../../../../server/features/voicemail/rules/policy.ts';
import { pairsOf } from '../../../../../server/features/voicemail/rows.ts';
import { numbersIn } from '../../../../../server/features/voicemail/transcript/numbers.ts';
import type { Transcriber } from '../../../../../server/ports/transcriber.ts';
import type { VoicemailAudio } from '../../../../../server/domain/voicemail.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { labRecording } from '../../../../support/audio.ts';
import { testStore } from '../../../../support/database.ts';
import { voicemailServer, type VoicemailServer } from '../../../../support/voicemail-server.ts';
import { anns } from '../../../../support/voicemail-world.ts';

const said = (text: string, confidence: number | null = 0.9) => text.split(' ').map((word) => ({ text: word, startSeconds: 0, endSeconds: 1, confidence }));

describe('phone numbers in what was said', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Call me at +49 30 23125 417 before noon.', ['+493023125417']],
    ['Ring 030/23125-417, or 0171 5551234.', ['03023125417', '01715551234']],
    ['My number is oh three oh, two three one two five, double four.', ['0302312544']],
    ['null drei null zwei drei eins zwei fünf vier null null', ['03023125400']],
    ['plus four nine three zero one two three four five six', ['+4930123456']],
    ['+49 (0)30 1234567', ['+49301234567']],
    ['(0)30 1234567', ['0301234567']],
    ['Gate 7 at 14:30 on 21.11.2026, 3.50 euros, order 12345', []],
    ['One of three boxes came, two are late', []],
    ['111111111111111111111111', []],
    ['+49 30 123456. +49 30 123456', ['+4930123456']],
    ['', []],
  ];
  for (const [text, numbers] of cases) it(JSON.stringify(text), () => assert.deepEqual(numbersIn(said(text)).map(({ number }) => number), numbers));

  it('of endless digits, endless pauses and endless numbers nothing is made that costs or shows more than a message can have', () => {
    assert.deepEqual(numbersIn(said('one '.repeat(50_000).trim())), []);
    assert.deepEqual(numbersIn(said('double '.repeat(50_000).trim())), []);
    const many = numbersIn(said(Array.from({ length: 20_000 }, (_, index) => `${1_000_000 + index}.`).join(' ')));
    assert.equal(many.length, 20);
  });

  it('a number is as sure as its least sure piece', () => {
    const [found] = numbersIn([...said('Call 030', 0.95), ...said('231', 0.4), ...said('25417', 0.9)]);
    assert.deepEqual([found?.number, found?.said, found?.confidence], ['03023125417', '030 231 25417', 0.4]);
  });
});

describe('transcripts of voicemail', function () {
  this.timeout(20_000);
  let store: Store;
  let close: () => Promise<void>;
  let world: VoicemailServer;
  let heard: VoicemailAudio[];
  let fault: TheirFault | null;
  let policy: VoicemailPolicy;

  before(async () => {
    ({ store, close } = await testStore());
  });
  after(() => close());
  beforeEach(async () => {
    world = await voicemailServer(store);
    heard = [];
    fault = null;
    policy = { ...voicemailSettings.standard, transcribe: true };
  });
  afterEach(() => world.stop());

  const transcriber: Transcriber = {
    instance: 'engine', capabilities: { maxAudioBytes: 1_000_000 },
    async transcribe(audio) {
      heard.push(audio);
      if (fault) throw new TheirError('engine', fault, 'said no');
      return { language: 'en', pieces: said('Call +49 30 23125 417') };
    },
  };
  const caller = (personId: string): Caller => ({ tenantId: 'default', personId, name: '', address: '', roles: ['user'], ticketFor: null, language: 'en', correlationId: 't' });

  async function message(audio = labRecording('wav49', 1)) {
    const feature = await world.serve({
      transcriber, policyOf: async () => policy, voicemails: [{ ...world.pbx.port, audio: async () => audio }],
      journal: createJournal(store, () => undefined, (tx, tenant, pairIds) => putTranscriptions(tx, tenant, pairIds, world.clock.now())),
    });
    await world.ready();
    world.pbx.boxes.leave(anns);
    await world.until('it is mailed', () => world.mails().length === 1);
    const [pair] = await pairsOf(store.db, 'default', 'ann', { before: null, limit: 1 });
    const id = pair?.id ?? '';
    return { id, read: async (who = 'ann') => (await feature.transcripts.transcript({ params: { id }, query: {}, body: {} }, caller(who))).transcript };
  }
  const worked = async (): Promise<void> => world.until('the work is done', async () => {
    world.clock.advance(2_000);
    return (await store.db.selectFrom('work').select('key').where('kind', '=', 'voicemail.transcribe').execute()).length === 0;
  });

  it('made once, as PCM that every engine reads, with numbers to call back; only its owner sees it', async () => {
    const { read } = await message();
    assert.equal((await read()).state, 'waiting');
    await worked();
    const transcript = await read();
    assert.deepEqual([transcript.state, transcript.language, transcript.numbers.map(({ number }) => number), heard.length, heard[0]?.contentType], ['done', 'en', ['+493023125417'], 1, 'audio/wav']);
    await assert.rejects(read('bob'), (error) => error instanceof UserError && error.status === 404);
  });

  it('off by default, and never of a secure message: nothing is sent', async () => {
    assert.equal(voicemailSettings.standard.transcribe, false);
    for (const changed of [{ ...voicemailSettings.standard }, { ...voicemailSettings.standard, transcribe: true, protection: 'secure' as const }]) {
      policy = changed;
      const { read } = await message();
      await worked();
      assert.deepEqual([(await read()).state, heard.length], ['off', 0]);
      await world.stop();
      world = await voicemailServer(store);
    }
  });

  it('an engine that is away is asked again later; one that stays away leaves the message without a text, and nothing else waits', async () => {
    fault = 'unavailable';
    const { read } = await message();
    await world.until('it was asked', async () => heard.length > 0);
    assert.equal((await read()).state, 'waiting');
    world.clock.advance(61 * 60_000);
    await worked();
    assert.deepEqual([(await read()).state, (await read()).problem], ['failed', 'unavailable']);
  });

  it('a recording that the engine will not have, that is too large or broken is not asked about again', async () => {
    fault = 'refused';
    const { read } = await message();
    await worked();
    assert.deepEqual([(await read()).problem, heard.length], ['refused', 1]);
    await world.stop();
    world = await voicemailServer(store);
    const broken = await message({ contentType: 'audio/wav', bytes: Buffer.from('RIFF') });
    await worked();
    assert.deepEqual([(await broken.read()).problem, heard.length], ['no-sound', 1]);
  });
});
