import assert from 'node:assert/strict';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import type { Transcriber } from '../../server/ports/transcriber.ts';
import { labRecording } from '../support/audio.ts';

/** An engine that hears what a test says, and fails as a test wants. */
export interface TranscriberWorld {
  transcriber: Transcriber;
  hears(segments: readonly { text: string; confidence: number; isSilence?: boolean }[]): void;
  /** Answers like this from now on. `silent`: never; the world's clock then moves past the deadline. */
  fails(how: 'well' | 'loading' | 'busy' | 'refused' | 'denied' | 'silent' | 'unreadable' | 'cut-off'): void;
  /** It tells the text and nothing else. */
  tellsTextOnly(): void;
  /** Recordings that it was given: the bytes, and all else that came with them, as one text. */
  got(): readonly { bytes: Buffer; rest: string }[];
  stop(): Promise<void>;
}

export function transcriberContract(name: string, makeWorld: () => Promise<TranscriberWorld>): void {
  describe(`transcriber: ${name}`, function () {
    this.timeout(20_000);
    let world: TranscriberWorld;
    const recording = labRecording('wav', 2);

    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.stop());

    const faultOf = (run: Promise<unknown>): Promise<TheirFault | 'none'> => run.then(() => 'none' as const, (error: unknown) => {
      assert.ok(error instanceof TheirError, String(error));
      assert.ok(error.message.startsWith(`[${world.transcriber.instance}]`));
      return error.fault;
    });

    it('gives the words in order, within the recording, with how sure the engine is', async () => {
      world.hears([{ text: 'Hello from Dee.', confidence: 0.9 }, { text: 'Call four one seven.', confidence: 0.4 }]);
      const { pieces, language } = await world.transcriber.transcribe(recording, null);
      assert.equal(pieces.map(({ text }) => text).join(' '), 'Hello from Dee. Call four one seven.');
      assert.equal(language, 'en');
      for (const [at, { startSeconds, endSeconds, confidence }] of pieces.entries()) {
        assert.ok(endSeconds >= startSeconds && startSeconds >= (pieces[at - 1]?.startSeconds ?? 0));
        assert.ok(confidence !== null && Math.abs(confidence - (startSeconds < 4 ? 0.9 : 0.4)) < 0.01, String(confidence));
      }
    });

    it('gives the text of an engine that knows no more, and does not invent how sure it is', async () => {
      world.hears([{ text: 'Hello.', confidence: 0.9 }]);
      world.tellsTextOnly();
      const { pieces, language } = await world.transcriber.transcribe(recording, null);
      assert.deepEqual([pieces.map(({ text, confidence }) => [text, confidence]), language], [[['Hello.', null]], null]);
    });

    it('sends the recording as it is, and nothing about the message', async () => {
      await world.transcriber.transcribe(recording, 'de');
      const [got] = world.got();
      assert.ok(got);
      assert.ok(got.bytes.equals(Buffer.from(recording.bytes)));
      assert.doesNotMatch(got.rest, /ann|1001|contoso|Jonas/i);
      assert.match(got.rest, /de/);
    });

    it('leaves out what is invented over silence, and control characters', async () => {
      world.hears([{ text: 'Thank you for watching!', confidence: 0.2, isSilence: true }, { text: 'Bye\u0007\u202e.', confidence: 0.9 }]);
      const { pieces } = await world.transcriber.transcribe(recording, null);
      assert.equal(pieces.map(({ text }) => text).join(' '), 'Bye .');
    });

    it('an engine that loads, is busy, wants a key, will not have it, talks nonsense, breaks off or says nothing fails as what it is', async () => {
      const wanted: [Parameters<TranscriberWorld['fails']>[0], TheirFault][] = [
        ['loading', 'unavailable'], ['busy', 'throttled'], ['denied', 'denied'], ['refused', 'refused'], ['unreadable', 'unreadable'], ['cut-off', 'no-answer'], ['silent', 'no-answer'],
      ];
      for (const [how, fault] of wanted) {
        world.fails(how);
        assert.equal(await faultOf(world.transcriber.transcribe(recording, null)), fault, how);
      }
      world.fails('well');
      assert.equal(await faultOf(world.transcriber.transcribe(recording, null)), 'none', 'and works again afterwards');
    });

    it('an engine that was busy for a moment is asked again by itself', async () => {
      world.fails('busy');
      const running = world.transcriber.transcribe(recording, null);
      const end = running.finally(() => undefined);
      while (world.got().length === 0) await new Promise((resolve) => setImmediate(resolve));
      world.fails('well');
      assert.ok((await end).pieces.length > 0);
      assert.ok(world.got().length >= 2);
    });
  });
}
