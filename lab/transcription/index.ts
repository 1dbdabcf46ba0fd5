/**
 * A stand-in of a speech-to-text server with the common `POST /v1/audio/transcriptions`: multipart in, `verbose_json`, `json` or `text` out. It hears nothing: what it "understands"
 * is drawn from the recording's bytes, so that the same recording always gives the same words. Shows the rude parts: a model that still loads, 429 with a wait, servers that
 * answer plain `json` whatever was asked, languages by name, words without probabilities, invented text over silence, half an answer, and none.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';
import { draw, type Heard } from './texts.ts';

export type TranscriptionFault = 'none' | 'loading' | 'busy' | 'refused' | 'key' | 'too-large' | 'half' | 'silent' | 'garbage';

export interface LabTranscription {
  readonly origin: string;
  /** What was asked, oldest first: fields, and the size and first bytes of the file. */
  readonly asked: readonly { fields: Readonly<Record<string, string>>; fileName: string; fileType: string; bytes: Buffer; authorization: string | undefined }[];
  fault: TranscriptionFault;
  /** How much it tells: `words` with probabilities, `segments`, or the plain text. */
  tells: 'words' | 'segments' | 'text';
  /** Instead of what is drawn from the bytes. */
  hears: Heard | null;
  close(): Promise<void>;
}

export async function createTranscriptionEngine(): Promise<LabTranscription> {
  const asked: LabTranscription['asked'][number][] = [];
  const engine = { fault: 'none' as TranscriptionFault, tells: 'words' as LabTranscription['tells'], hears: null as Heard | null };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions') return fail(response, 404, 'invalid_request_error', 'Unknown request URL');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = await new Response(new Uint8Array(Buffer.concat(chunks)), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData().catch(() => null);
    const file = form?.get('file');
    if (!form || typeof file !== 'object' || file === null) return fail(response, 400, 'invalid_request_error', '[{"loc":["body","file"],"msg":"Field required"}]');
    const bytes = Buffer.from(await file.arrayBuffer());
    const fields = Object.fromEntries([...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
    asked.push({ fields, fileName: file.name, fileType: file.type, bytes, authorization: request.headers.authorization });
    switch (engine.fault) {
      case 'loading': return fail(response, 503, 'server_error', 'Model is loading');
      case 'busy': return fail(response, 429, 'rate_limit_error', 'Too many requests', { 'retry-after': '1' });
      case 'refused': return fail(response, 400, 'invalid_request_error', 'Invalid file format.');
      case 'key': return fail(response, 401, 'invalid_api_key', 'Incorrect API key provided');
      case 'too-large': return fail(response, 413, 'invalid_request_error', 'Maximum content size limit exceeded');
      case 'garbage': return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>proxy says hello</html>');
      case 'half': {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
        response.write('{"text": "Hel');
        return void setImmediate(() => response.destroy());
      }
      case 'silent': return;
      case 'none':
    }
    if (!fields['model']) return fail(response, 400, 'invalid_request_error', 'you must provide a model parameter');
    // Engines of this kind hear with ffmpeg: whatever is no RIFF here was not made by anybody who read their documents.
    if (bytes.subarray(0, 4).toString('latin1') !== 'RIFF') return fail(response, 400, 'invalid_request_error', 'Invalid file format. Supported formats: flac, m4a, mp3, mp4, mpeg, mpga, oga, ogg, wav, webm');
    const heard = engine.hears ?? draw(bytes);
    const text = heard.segments.map((each) => each.text).join(' ');
    if (engine.tells === 'text' || fields['response_format'] !== 'verbose_json') return send(response, { text });
    send(response, {
      task: 'transcribe', language: heard.language, duration: heard.segments.at(-1)?.end ?? 0, text,
      segments: heard.segments.map((each, id) => ({ id, seek: 0, start: each.start, end: each.end, text: ` ${each.text}`, tokens: [], temperature: 0, avg_logprob: each.logProbability, compression_ratio: 1.2, no_speech_prob: each.noSpeech })),
      ...(engine.tells === 'words' ? { words: heard.segments.flatMap(wordsOf) } : {}),
    });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => (response.headersSent ? response.destroy() : fail(response, 500, 'server_error', String(error))));
  });
  const { origin, close } = await listen(server);
  return {
    origin,
    asked,
    close,
    get fault() {
      return engine.fault;
    },
    set fault(fault) {
      engine.fault = fault;
    },
    get tells() {
      return engine.tells;
    },
    set tells(tells) {
      engine.tells = tells;
    },
    get hears() {
      return engine.hears;
    },
    set hears(heard) {
      engine.hears = heard;
    },
  };
}

function wordsOf({ text, start, end, logProbability }: Heard['segments'][number]) {
  const words = text.split(' ');
  const step = (end - start) / words.length;
  return words.map((word, at) => ({ word: ` ${word}`, start: start + at * step, end: start + (at + 1) * step, probability: Math.exp(logProbability) }));
}

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, status: number, type: string, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message, type, param: null, code: null } }));
}
