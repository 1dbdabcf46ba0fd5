import assert from 'node:assert/strict';
import { createTranscriptionEngine, type TranscriptionFault } from '../../lab/transcription/index.ts';
import { readAnswer } from '../../server/connectors/transcription/schema.ts';
import { TheirError } from '../../server/domain/errors.ts';
import { createTranscription, transcriptionConfig } from '../../server/connectors/transcription/index.ts';
import { systemClock, type Clock } from '../../server/ports/clock.ts';
import { transcriberContract, type TranscriberWorld } from './transcriber.ts';

/** Waits are over at once, and deadlines stand: an engine's answer is awaited in real time. A call that the engine never answers is ended by hand. */
function hastyClock(): { clock: Clock; endDeadlines(): void } {
  const real = systemClock();
  const waiting = new Set<() => void>();
  return {
    clock: {
      ...real, now: () => real.now(), sleep: async () => undefined,
      at: (_instant, run) => {
        waiting.add(run);
        return () => waiting.delete(run);
      },
    },
    endDeadlines() {
      for (const run of waiting) run();
    },
  };
}

async function labWorld(more: Record<string, unknown> = {}): Promise<TranscriberWorld> {
  const engine = await createTranscriptionEngine();
  const { clock, endDeadlines } = hastyClock();
  const connector = createTranscription({ config: transcriptionConfig.parse({ type: 'transcription', instance: 'engine', url: engine.origin, deadlineMs: 5_000, ...more }), clock, env: { KEY: 'sesame' }, ca: undefined, random: () => 0 });
  const faults: Record<Parameters<TranscriberWorld['fails']>[0], TranscriptionFault> = { well: 'none', loading: 'loading', busy: 'busy', refused: 'refused', denied: 'key', silent: 'silent', unreadable: 'garbage', 'cut-off': 'half' };
  let watch: NodeJS.Timeout | undefined;
  return {
    transcriber: connector.transcriber,
    hears(segments) {
      engine.hears = { language: 'english', segments: segments.map(({ text, confidence, isSilence }, at) => ({ text, start: at * 4, end: at * 4 + 3.5, logProbability: Math.log(confidence), noSpeech: isSilence ? 0.9 : 0.01 })) };
    },
    fails(how) {
      engine.fault = faults[how];
      const before = engine.asked.length;
      clearInterval(watch);
      // Each try of a silent engine ends when it has got the recording.
      let seen = before;
      if (how === 'silent') watch = setInterval(() => {
        if (engine.asked.length > seen) endDeadlines();
        seen = engine.asked.length;
      }, 1);
    },
    tellsTextOnly: () => void (engine.tells = 'text'),
    got: () => engine.asked.map(({ bytes, fields, fileName, fileType }) => ({ bytes, rest: JSON.stringify([fields, fileName, fileType]) })),
    async stop() {
      clearInterval(watch);
      await connector.stop();
      await engine.close();
    },
  };
}

transcriberContract('the lab\'s engine, telling about words', () => labWorld());
transcriberContract('the lab\'s engine behind a key', () => labWorld({ keyEnv: 'KEY' }));

describe('transcription: the connector', () => {
  const parse = (url: string, more: Record<string, unknown> = {}) => transcriptionConfig.safeParse({ type: 'transcription', instance: 'engine', url, ...more }).success;

  it('engines outside one\'s own network are taken only when somebody says that it is meant', () => {
    for (const url of ['http://127.0.0.1:8000', 'http://whisper:8000', 'http://10.1.2.3', 'http://[::1]:9', 'http://engine.lan']) assert.ok(parse(url), url);
    for (const url of ['https://api.example.com', 'http://8.8.8.8', 'https://localhost.evil.example']) assert.equal(parse(url), false, url);
    assert.ok(parse('https://api.example.com', { allowOutside: true }));
    assert.equal(parse('http://api.example.com', { allowOutside: true }), false, 'never without TLS');
  });

  it('an hour and more of words is taken quickly, and far more than anybody can say is refused for good', () => {
    const words = Array.from({ length: 100_000 }, (_, index) => ({ word: 'a', start: index, end: index + 1, probability: 0.9 }));
    const overlapping = Array.from({ length: 20_000 }, () => ({ start: 0, end: 1e9, text: '' }));
    assert.equal(readAnswer('engine', JSON.stringify({ text: '', segments: overlapping, words })).pieces.length, 100_000, 'each word once, however segments overlap');
    for (const answer of [{ text: 'a'.repeat(1_000_000) }, { segments: Array.from({ length: 300 }, () => ({ start: 0, end: 1, text: 'b'.repeat(1_000) })) }]) {
      assert.throws(() => readAnswer('engine', JSON.stringify(answer)), (error) => error instanceof TheirError && error.fault === 'refused');
    }
  });

  it('HTML, JSON of another kind and JSON that is too deep are no transcript, and none of them is taken for one', () => {
    for (const answer of ['<html>proxy says hello</html>', '', 'null', '[]', '{}', '{"text":1}', '{"segments":"x"}', '{"segments":[{"start":"0","end":1,"text":"x"}]}', '{"error":{"message":"no"}}', '['.repeat(100_000)]) {
      assert.throws(() => readAnswer('engine', answer), (error) => error instanceof TheirError && error.fault === 'unreadable', answer.slice(0, 40));
    }
  });

  it('sends the key as a bearer and nowhere else', async () => {
    const engine = await createTranscriptionEngine();
    const connector = createTranscription({ config: transcriptionConfig.parse({ type: 'transcription', instance: 'engine', url: `${engine.origin}/`, keyEnv: 'KEY' }), clock: hastyClock().clock, env: { KEY: 'sesame' }, ca: undefined, random: () => 0 });
    engine.fault = 'key';
    await assert.rejects(connector.transcriber.transcribe({ contentType: 'audio/wav', bytes: Buffer.from('RIFF') }, null), (error) => !String(error).includes('sesame'));
    assert.equal(engine.asked[0]?.authorization, 'Bearer sesame');
    assert.equal(connector.status().state, 'refused');
    await connector.stop();
    await engine.close();
  });
});
