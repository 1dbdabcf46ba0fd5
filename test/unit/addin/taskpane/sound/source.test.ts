import assert from 'node:assert/strict';
import { TalkFault } from '../../../../../addin/talk/fault.ts';
import type { Transport } from '../../../../../addin/talk/http.ts';
import { openSource } from '../../../../../addin/taskpane/sound/source.ts';
import { readWavHead } from '../../../../../addin/taskpane/sound/wav-head.ts';
import { playableFile } from '../../../../../server/audio/playable.ts';
import { readSound } from '../../../../../server/audio/sound.ts';
import { wavHeader } from '../../../../../server/audio/wav-header.ts';
import { labRecording, type labFormats } from '../../../../support/audio.ts';

/** A server that serves these bytes in parts, and what it was asked for. */
function serving(bytes: Uint8Array<ArrayBuffer>, more: { ranges?: boolean; failures?: number; status?: number } = {}): { transport: Transport; asked: string[]; tokens: boolean[] } {
  const asked: string[] = [];
  const tokens: boolean[] = [];
  let failures = more.failures ?? 0;
  const transport: Transport = {
    origin: 'https://x.example', language: 'en', deadlineMs: 1_000, wait: async () => undefined,
    async token(renew) {
      tokens.push(renew);
      return 'secret';
    },
    async fetch(input, init) {
      const range = new Headers(init?.headers).get('range');
      asked.push(`${new Request(input).url} ${range}`);
      if (failures-- > 0) throw new TypeError('no network');
      if (more.status !== undefined) return Response.json({ code: 'sound-unreadable', status: more.status }, { status: more.status });
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range ?? '') ?? [];
      if (from === undefined || to === undefined || more.ranges === false) return new Response(bytes);
      return new Response(bytes.slice(Number(from), Number(to) + 1), { status: 206 });
    },
  };
  return { transport, asked, tokens };
}

function playable(format: (typeof labFormats)[number], seconds: number): Uint8Array<ArrayBuffer> {
  const audio = labRecording(format, seconds);
  const file = playableFile(audio, readSound(audio));
  return new Uint8Array(Buffer.concat([...file.read(0, file.length)]));
}

/** Telephone sound of 16 bits whose every sample is another number than its neighbours. */
function counted(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from({ length: seconds * 8_000 }, (_sample, index) => index);
  const head = wavHeader({ tag: 1, bitsPerSample: 16, channels: 1, sampleRate: 8_000, dataBytes: samples.byteLength });
  return new Uint8Array(Buffer.concat([head, new Uint8Array(samples.buffer)]));
}

const end = new AbortController().signal;

async function samplesOf(file: Blob): Promise<Buffer> {
  const bytes = await file.arrayBuffer();
  const head = readWavHead(bytes);
  assert.ok(head, 'a part plays by itself');
  assert.equal(head.dataAt + head.dataBytes, bytes.byteLength);
  return Buffer.from(bytes, head.dataAt);
}

describe('a recording, fetched in parts', () => {
  for (const format of ['ulaw', 'wav49'] as const) {
    it(`of ${format}: the parts together are every sample of it, in order, and each plays by itself`, async () => {
      const bytes = playable(format, 41);
      const { transport, asked } = serving(bytes);
      const source = await openSource(transport, 'id', end);
      assert.ok(Math.abs(source.durationSeconds - 41) < 0.1);
      assert.equal(asked.length, 1, 'one request before the first sound');
      const parts = [];
      for (const part of source.parts) parts.push(await samplesOf(await source.file(part)));
      const head = readWavHead(bytes.buffer);
      assert.ok(head);
      assert.ok(Buffer.concat(parts).equals(Buffer.from(bytes.buffer, head.dataAt, head.dataBytes)));
      assert.ok(asked.every((each) => !each.includes('secret')), 'no address opens it by itself');
    });
  }

  it('the first sound needs no second request, and seeking fetches one part alone', async () => {
    const { transport, asked } = serving(counted(600));
    const source = await openSource(transport, 'id', end);
    await source.file(source.parts[0] ?? assert.fail());
    assert.equal(asked.length, 1);
    await source.file(source.parts[12] ?? assert.fail());
    await source.file(source.parts[12] ?? assert.fail());
    assert.equal(asked.length, 2);
  });

  it('a hiccup is overcome; a server that knows no parts, and a file that is no WAV, play as a whole', async () => {
    const bytes = counted(100);
    const { transport } = serving(bytes, { failures: 2 });
    assert.equal((await openSource(transport, 'id', end)).parts.length, 4);
    const whole = await openSource(serving(bytes, { ranges: false }).transport, 'id', end);
    assert.equal((await samplesOf(await whole.file(whole.parts[1] ?? assert.fail()))).length, 32 * 16_000);
    const strange = await openSource(serving(new Uint8Array(500).fill(7)).transport, 'id', end);
    assert.deepEqual([strange.parts.length, Number.isNaN(strange.durationSeconds), (await strange.file(strange.parts[0] ?? assert.fail())).size], [1, true, 500]);
  });

  it('what the server refuses is told with its code, and not asked for again', async () => {
    const { transport, asked } = serving(new Uint8Array(0), { status: 422 });
    await assert.rejects(openSource(transport, 'id', end), (fault: unknown) => fault instanceof TalkFault && fault.problem?.code === 'sound-unreadable');
    assert.equal(asked.length, 1);
  });

  it('a token that is not taken is renewed once', async () => {
    const { transport, tokens } = serving(new Uint8Array(0), { status: 401 });
    await assert.rejects(openSource(transport, 'id', end), (fault: unknown) => fault instanceof TalkFault && fault.kind === 'signed-out');
    assert.deepEqual(tokens, [false, true]);
  });

  it('heads of any kind are read without a slip, and what is cut off is none', () => {
    const bytes = counted(1);
    for (let length = 0; length < 44; length += 1) assert.equal(readWavHead(bytes.slice(0, length).buffer), undefined);
    assert.equal(readWavHead(bytes.slice(0, 44).buffer)?.dataAt, 44);
  });
});
