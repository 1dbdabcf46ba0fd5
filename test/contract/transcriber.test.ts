import assert from 'node:assert/strict';
import { createTranscriptionEngine, type TranscriptionFault } from '../../lab/transcription/index.ts';
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
